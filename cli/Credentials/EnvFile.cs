using DialogueMesh.Contracts;

namespace DialogueMesh.Cli.Credentials;

/// <summary>The lines of an .env file: KEY=VALUE, with "export", quotes and comments as shells and other tools know them.</summary>
internal static class EnvFile
{
    private const string Export = "export ";

    /// <summary>The last value given for each of <paramref name="names"/> that the text has.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="names">The variables that matter; a malformed line is passed over unless it could hold one of them.</param>
    /// <param name="source">What the file is called in messages.</param>
    /// <exception cref="InputException">A line that could hold one of them cannot be read; the line is not shown.</exception>
    public static IReadOnlyDictionary<string, string> Read(string text, IReadOnlyList<string> names, string source)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (Parse(line) is var (name, value))
            {
                if (names.Contains(name))
                {
                    values[name] = value;
                }
            }
            else if (MayHoldKey(line))
            {
                throw new InputException(
                    $"{source}, line {i + 1}: not of the form NAME=VALUE, with quotes closed (the line may hold a key and is not shown); write {names[0]}=... there");
            }
        }

        return values;
    }

    private static (string Name, string Value)? Parse(string line)
    {
        var assignment = line.StartsWith(Export, StringComparison.Ordinal) ? line[Export.Length..].TrimStart() : line;
        var equals = assignment.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1)
        {
            return null;
        }

        var name = assignment[..equals].TrimEnd();
        return name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_')
            && Value(assignment[(equals + 1)..].Trim()) is { } value
                ? (name, value)
                : null;
    }

    private static string? Value(string text)
    {
        if (text is not [var quote and ('"' or '\''), ..])
        {
            var comment = text.StartsWith('#') ? 0 : text.IndexOf(" #", StringComparison.Ordinal);
            return comment < 0 ? text : text[..comment].TrimEnd();
        }

        var end = text.IndexOf(quote, 1);
        return end > 0 && text[(end + 1)..].TrimStart() is "" or ['#', ..] ? text[1..end] : null;
    }

    private static bool MayHoldKey(string line) =>
        line.Contains("OPENAI", StringComparison.OrdinalIgnoreCase) || line.Contains("sk-", StringComparison.OrdinalIgnoreCase);
}
