namespace DialogueMesh.Measures.Diversity;

/// <summary>How varied the words of a set of utterances are. N-grams do not reach from one utterance into the next.</summary>
internal static class NGrams
{
    /// <summary>Different n-grams by all n-grams (Li et al., 2016); 0 where there is none.</summary>
    /// <param name="utterances">Words' numbers.</param>
    /// <param name="n">1, 2 or 3.</param>
    public static double Distinct(IReadOnlyList<ArraySegment<int>> utterances, int n)
    {
        var seen = new HashSet<(int, int, int)>();
        var all = 0;
        foreach (var words in utterances)
        {
            for (var i = 0; i + n <= words.Count; i++)
            {
                seen.Add((words[i], n > 1 ? words[i + 1] : -1, n > 2 ? words[i + 2] : -1));
                all++;
            }
        }

        return all == 0 ? 0 : (double)seen.Count / all;
    }

    /// <summary>
    /// H(w₂|w₁) = −Σ p(w₁,w₂) log₂ p(w₂|w₁) in bits, from the counts of bigrams, w₁ counted where a word follows it (the
    /// conditional entropy of Novikova et al., 2017, and of the GEM measures); 0 where there is no bigram.
    /// </summary>
    public static double ConditionalEntropy(IReadOnlyList<ArraySegment<int>> utterances)
    {
        var pairs = new Dictionary<(int, int), int>();
        var firsts = new Dictionary<int, int>();
        var all = 0;
        foreach (var words in utterances)
        {
            for (var i = 0; i + 2 <= words.Count; i++)
            {
                var pair = (words[i], words[i + 1]);
                pairs[pair] = pairs.GetValueOrDefault(pair) + 1;
                firsts[words[i]] = firsts.GetValueOrDefault(words[i]) + 1;
                all++;
            }
        }

        // From 0: a corpus without choice has an entropy of 0, not of -0.
        return pairs.Sum(pair => (double)pair.Value / all * Math.Log2((double)firsts[pair.Key.Item1] / pair.Value));
    }

    /// <summary>The share of utterances whose exact text occurs more than once among them; 0 for none.</summary>
    public static double Repeated(IReadOnlyCollection<string> texts) => texts.Count == 0
        ? 0
        : (double)texts.CountBy(text => text, StringComparer.Ordinal).Where(pair => pair.Value > 1).Sum(pair => pair.Value) / texts.Count;
}
