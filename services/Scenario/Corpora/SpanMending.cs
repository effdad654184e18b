namespace DialogueMesh.Scenario.Corpora;

/// <summary>Checks spans against their text; offsets count Unicode code points, as Python's do.</summary>
internal static class SpanMending
{
    /// <summary>
    /// The span with the text that it covers, its ends exchanged where only that makes it match (older Hugging Face exports
    /// have them so), or null where it matches neither way.
    /// </summary>
    /// <param name="utterance">The text.</param>
    /// <param name="start">Given start.</param>
    /// <param name="end">Given exclusive end.</param>
    /// <param name="expected">The values it may cover; case does not matter. None: any text will do.</param>
    public static (string Value, int Start, int ExclusiveEnd)? Mend(string utterance, int start, int end, IReadOnlyList<string> expected)
    {
        if (Covers(utterance, start, end, expected) is { } value)
        {
            return (value, start, end);
        }

        return Covers(utterance, end, start, expected) is { } swapped ? (swapped, end, start) : null;
    }

    private static string? Covers(string utterance, int start, int end, IReadOnlyList<string> expected)
    {
        if (start < 0 || end <= start || Slice(utterance, start, end) is not { } text)
        {
            return null;
        }

        return expected.Count == 0 || expected.Contains(text, StringComparer.OrdinalIgnoreCase) ? text : null;
    }

    /// <summary>Null where the range leaves the text.</summary>
    private static string? Slice(string text, int start, int end)
    {
        var from = Offset(text, 0, start);
        var to = from < 0 ? -1 : Offset(text, from, end - start);
        return to < 0 ? null : text[from..to];
    }

    /// <summary>The UTF-16 index that lies <paramref name="codePoints"/> after <paramref name="from"/>, or -1.</summary>
    private static int Offset(string text, int from, int codePoints)
    {
        var index = from;
        for (; codePoints > 0 && index < text.Length; codePoints--)
        {
            index += char.IsSurrogatePair(text, index) ? 2 : 1;
        }

        return codePoints == 0 ? index : -1;
    }
}
