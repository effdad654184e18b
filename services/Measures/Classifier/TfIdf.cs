namespace DialogueMesh.Measures.Classifier;

/// <summary>
/// Texts as vectors of their words and pairs of words: (1 + ln tf) · (1 + ln((1 + N)/(1 + df))), scaled to length 1. What only one
/// of the texts has is left out: it tells nothing of others.
/// </summary>
internal sealed class TfIdf
{
    private const int LeastTexts = 2;

    private TfIdf(IReadOnlyList<SparseVector> vectors, int features) => (Vectors, Features) = (vectors, features);

    public IReadOnlyList<SparseVector> Vectors { get; }

    /// <summary>The vectors' dimension.</summary>
    public int Features { get; }

    /// <param name="texts">Each the words' numbers of its utterances; no pair reaches from one utterance into the next.</param>
    public static TfIdf Of(IReadOnlyList<IReadOnlyList<int[]>> texts)
    {
        var counted = texts.Select(Count).ToList();
        var frequency = new Dictionary<(int, int), int>();
        foreach (var feature in counted.SelectMany(text => text.Keys))
        {
            frequency[feature] = frequency.GetValueOrDefault(feature) + 1;
        }

        var kept = frequency.Where(pair => pair.Value >= LeastTexts).Select((pair, index) => (pair, index))
            .ToDictionary(f => f.pair.Key, f => (Index: f.index, Weight: 1 + Math.Log((1.0 + texts.Count) / (1 + f.pair.Value))));
        return new TfIdf([.. counted.Select(text => Weigh(text, kept))], kept.Count);
    }

    private static SparseVector Weigh(Dictionary<(int, int), int> text, Dictionary<(int, int), (int Index, double Weight)> kept)
    {
        var indices = new List<int>(text.Count);
        var values = new List<double>(text.Count);
        foreach (var (feature, count) in text)
        {
            if (kept.TryGetValue(feature, out var known))
            {
                indices.Add(known.Index);
                values.Add((1 + Math.Log(count)) * known.Weight);
            }
        }

        var length = Math.Sqrt(values.Sum(v => v * v));
        return new SparseVector([.. indices], [.. values.Select(v => v / length)]);
    }

    private static Dictionary<(int, int), int> Count(IReadOnlyList<int[]> text)
    {
        var counts = new Dictionary<(int, int), int>();
        foreach (var words in text)
        {
            for (var i = 0; i < words.Length; i++)
            {
                Add((words[i], -1));
                if (i > 0)
                {
                    Add((words[i - 1], words[i]));
                }
            }
        }

        return counts;

        void Add((int, int) feature) => counts[feature] = counts.GetValueOrDefault(feature) + 1;
    }
}
