namespace DialogueMesh.Tests.Simulator.Voice;

/// <summary>What every dialogue that the simulator speaks must keep to; each rule names what breaks it.</summary>
internal static class SpeechRules
{
    private const string Closing = ".!?";

    public static IEnumerable<string> Broken(IEnumerable<(string User, string Assistant)> exchanges)
    {
        var said = new[] { new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal) };
        foreach (var (speaker, text) in exchanges.SelectMany(exchange => new[] { (0, exchange.User), (1, exchange.Assistant) }))
        {
            foreach (var problem in Broken(text.Replace("...", "…", StringComparison.Ordinal)))
            {
                yield return $"{problem}: {text}";
            }

            var words = Words(text);
            if (words.Length > 3 && !said[speaker].Add(string.Join(' ', words)))
            {
                yield return $"repeated: {text}";
            }
        }
    }

    private static IEnumerable<string> Broken(string text)
    {
        if (text.Length == 0)
        {
            yield return "empty";
            yield break;
        }

        if (text.AsSpan().IndexOfAny('{', '}', '|') >= 0)
        {
            yield return "braces";
        }

        if (text != text.Trim() || text.Contains("  ", StringComparison.Ordinal) || text.Contains(" .", StringComparison.Ordinal) || text.Contains(" ,", StringComparison.Ordinal))
        {
            yield return "blanks";
        }

        if (new[] { "..", ".?", "?.", "!.", ",.", ",,", "??" }.Any(marks => text.Contains(marks, StringComparison.Ordinal)))
        {
            yield return "marks";
        }

        if (!Closing.Contains(text[^1], StringComparison.Ordinal) && text[^1] != '…')
        {
            yield return "end";
        }

        if (Starts(text).Any(start => char.IsLower(text[start])))
        {
            yield return "capital";
        }
    }

    /// <summary>The first letter, and each after a mark that ends a sentence and a blank; "a.m. and" is no new sentence.</summary>
    private static IEnumerable<int> Starts(string text)
    {
        yield return 0;
        for (var i = 0; i + 2 < text.Length; i++)
        {
            var abbreviated = text[i] == '.' && i >= 2 && text[i - 2] is '.' or ' ';
            if (Closing.Contains(text[i], StringComparison.Ordinal) && text[i + 1] == ' ' && !abbreviated)
            {
                yield return i + 2;
            }
        }
    }

    private static string[] Words(string text) =>
        new string([.. text.ToLowerInvariant().Select(sign => char.IsLetterOrDigit(sign) ? sign : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
