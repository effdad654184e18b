using DialogueMesh.Contracts;

namespace DialogueMesh.Cli.Credentials;

/// <summary>A secret that no text form, log or debugger window shows by accident.</summary>
[System.Diagnostics.DebuggerDisplay("***")]
internal sealed class ApiKey : IEquatable<ApiKey>
{
    private readonly string text;

    private ApiKey(string text) => this.text = text;

    /// <param name="text">Blanks and line ends around it are dropped: "$(cat key.txt)" and copied text have them.</param>
    /// <param name="source">Where it comes from, for the message.</param>
    /// <returns>Null where nothing is given.</returns>
    /// <exception cref="InputException">It holds what no key holds; it is not shown.</exception>
    public static ApiKey? Read(string? text, string source)
    {
        var trimmed = text?.Trim() ?? "";
        if (trimmed.Any(character => character is <= ' ' or > '~'))
        {
            throw new InputException(
                $"{source} holds characters that no key has, such as blanks, line ends or letters beyond ASCII: set it to the key alone");
        }

        return trimmed.Length == 0 ? null : new ApiKey(trimmed);
    }

    /// <summary>For the request's header and for redaction, nothing else.</summary>
    public string Reveal() => text;

    public bool Equals(ApiKey? other) => other is not null && text == other.text;

    public override bool Equals(object? obj) => Equals(obj as ApiKey);

    public override int GetHashCode() => text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => "***";
}
