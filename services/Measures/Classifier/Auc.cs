namespace DialogueMesh.Measures.Classifier;

/// <summary>The area under the receiver operating characteristic.</summary>
internal static class Auc
{
    /// <summary>The chance that a true one scores higher than a false one, a tie counting half; null where either is missing.</summary>
    public static double? Of(IReadOnlyList<(double Score, bool Label)> scored)
    {
        var ordered = scored.OrderBy(s => s.Score).ToList();
        var trues = ordered.Count(s => s.Label);
        var falses = ordered.Count - trues;
        if (trues == 0 || falses == 0)
        {
            return null;
        }

        // The rank sum of Mann and Whitney, ties with their mean rank.
        var ranks = 0.0;
        for (var start = 0; start < ordered.Count;)
        {
            var end = start;
            var tiedTrues = 0;
            for (; end < ordered.Count && ordered[end].Score == ordered[start].Score; end++)
            {
                tiedTrues += ordered[end].Label ? 1 : 0;
            }

            ranks += tiedTrues * (start + end + 1) / 2.0;
            start = end;
        }

        return (ranks - (trues * (trues + 1.0) / 2)) / ((double)trues * falses);
    }
}
