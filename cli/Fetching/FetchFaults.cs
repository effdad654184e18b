namespace DialogueMesh.Cli.Fetching;

/// <summary>A download did not come about; the message is one line for the user. The same command may do better later.</summary>
internal sealed class FetchException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A transfer was cut, stalled or put off: worth trying again now, from where it stopped.</summary>
/// <param name="message">What happened, without the address.</param>
/// <param name="retryAfter">How long the server asks to wait.</param>
/// <param name="inner">What threw.</param>
internal sealed class TransferException(string message, TimeSpan? retryAfter = null, Exception? inner = null) : Exception(message, inner)
{
    public TimeSpan? RetryAfter => retryAfter;
}
