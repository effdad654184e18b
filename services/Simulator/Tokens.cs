namespace DialogueMesh.Simulator;

/// <summary>Counts tokens by OpenAI's own rule of thumb, about right for English.</summary>
internal static class Tokens
{
    /// <summary>That a token stands for.</summary>
    public const int Characters = 4;

    public static int Count(string text) => (text.Length + Characters - 1) / Characters;
}
