using DialogueMesh.Contracts.Messages;

namespace DialogueMesh.Balancing.Runs;

/// <summary>What is said of a handler that threw.</summary>
internal static class FailedHandling
{
    /// <param name="runId">The run that ends by it.</param>
    /// <param name="queue">Of the handler; null where it is not known.</param>
    /// <param name="exception">The exception's type, with its namespace, and message.</param>
    public static RunFaulted Describe(string runId, string? queue, (string? Type, string? Message) exception) => new()
    {
        RunId = runId,
        Message =
            $"the {queue ?? "unknown"} stage failed: {(exception.Message ?? "no message").ReplaceLineEndings(" ").TrimEnd('.', ' ')}"
            + $" ({exception.Type?.Split('.')[^1] ?? "unknown exception"}; its trace is in the log)",
    };
}
