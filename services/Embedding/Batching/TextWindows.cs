namespace DialogueMesh.Embedding.Batching;

/// <summary>A part of a text that fits a model's input: the ids from Start on.</summary>
/// <param name="Text">The text's index among those encoded together.</param>
internal readonly record struct Window(int Text, int Start, int Length);

internal static class TextWindows
{
    /// <summary>
    /// Covers each text by as few windows as fit, of lengths that differ by at most one, so that the end of a long dialogue
    /// counts as much as its beginning. An empty text is one empty window.
    /// </summary>
    /// <param name="lengths">Ids of each text.</param>
    /// <param name="limit">Most ids in a window, at least 1.</param>
    public static List<Window> Cover(IReadOnlyList<int> lengths, int limit)
    {
        var windows = new List<Window>(lengths.Count);
        for (var text = 0; text < lengths.Count; text++)
        {
            long length = lengths[text];
            var parts = Math.Max(1, (length + limit - 1) / limit);
            for (long part = 0; part < parts; part++)
            {
                var (start, end) = (part * length / parts, (part + 1) * length / parts);
                windows.Add(new Window(text, (int)start, (int)(end - start)));
            }
        }

        return windows;
    }
}
