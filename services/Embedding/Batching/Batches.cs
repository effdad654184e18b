namespace DialogueMesh.Embedding.Batching;

internal static class Batches
{
    /// <summary>
    /// Puts windows together that are about equally long, longest first: little of a batch is padding, and the one that needs
    /// most memory comes first. Depends on nothing but the lengths.
    /// </summary>
    /// <param name="overhead">Ids that every window gets in addition, as [CLS] and [SEP].</param>
    /// <param name="tokens">Most ids in a batch, padding included; a longer window is a batch of its own.</param>
    public static List<Window[]> Of(IReadOnlyList<Window> windows, int overhead, int tokens)
    {
        var batches = new List<Window[]>();
        var batch = new List<Window>();
        foreach (var window in windows.OrderByDescending(window => window.Length))
        {
            var longest = batch.Count > 0 ? batch[0].Length : window.Length;
            if (batch.Count > 0 && (longest + overhead) * (long)(batch.Count + 1) > tokens)
            {
                batches.Add([.. batch]);
                batch.Clear();
            }

            batch.Add(window);
        }

        if (batch.Count > 0)
        {
            batches.Add([.. batch]);
        }

        return batches;
    }
}
