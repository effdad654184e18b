namespace DialogueMesh.Contracts;

/// <summary>A fault of what the user gave. The message is one line: what is wrong, where, and what to do.</summary>
public sealed class InputException : Exception
{
    public InputException()
        : this("The input is not valid.")
    {
    }

    public InputException(string message)
        : base(message)
    {
    }

    public InputException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
