namespace DialogueMesh.Measures.Overlap;

/// <summary>
/// Runs of words that two sets of utterances have in common. Runs do not reach from one utterance into the next. They are told
/// apart by 64-bit hashes: among a million of them two clash once in ten million corpora.
/// </summary>
internal static class CommonRuns
{
    public const int Length = 8;

    private const ulong Base = 0x9E37_79B9_7F4A_7C15;

    /// <summary>Occurrences of n-grams of <paramref name="candidate"/>, and how many of these <paramref name="reference"/> has.</summary>
    public static (int Found, int All) Count(IReadOnlyList<int[]> candidate, IReadOnlyList<int[]> reference, int n)
    {
        var known = Hashes(reference, n);
        var (found, all) = (0, 0);
        foreach (var hash in candidate.SelectMany(words => Rolling(words, n)))
        {
            all++;
            found += known.Contains(hash) ? 1 : 0;
        }

        return (found, all);
    }

    /// <summary>The first of the longest runs; empty where not a word is common.</summary>
    public static ArraySegment<int> Longest(IReadOnlyList<int[]> candidate, IReadOnlyList<int[]> reference)
    {
        // Every part of a common run is a common run: the lengths that occur are 1 to the longest.
        var longest = ArraySegment<int>.Empty;
        var (least, most) = (1, candidate.Select(words => words.Length).DefaultIfEmpty(0).Max());
        while (least <= most)
        {
            var length = (least + most) / 2;
            if (First(candidate, reference, length) is { Count: > 0 } run)
            {
                longest = run;
                least = length + 1;
            }
            else
            {
                most = length - 1;
            }
        }

        return longest;
    }

    private static ArraySegment<int> First(IReadOnlyList<int[]> candidate, IReadOnlyList<int[]> reference, int n)
    {
        var known = Hashes(reference, n);
        foreach (var words in candidate)
        {
            var start = 0;
            foreach (var hash in Rolling(words, n))
            {
                if (known.Contains(hash))
                {
                    return new ArraySegment<int>(words, start, n);
                }

                start++;
            }
        }

        return ArraySegment<int>.Empty;
    }

    private static HashSet<ulong> Hashes(IReadOnlyList<int[]> utterances, int n) => [.. utterances.SelectMany(words => Rolling(words, n))];

    /// <summary>A polynomial modulo 2⁶⁴ over each n words, whose numbers are first spread over all bits.</summary>
    private static IEnumerable<ulong> Rolling(int[] words, int n)
    {
        var power = 1UL;
        for (var i = 0; i < n; i++)
        {
            power *= Base;
        }

        var hash = 0UL;
        for (var i = 0; i < words.Length; i++)
        {
            hash = (hash * Base) + Spread(words[i]) - (i >= n ? power * Spread(words[i - n]) : 0);
            if (i >= n - 1)
            {
                yield return hash;
            }
        }
    }

    /// <summary>SplitMix64's finish (Steele et al., 2014).</summary>
    private static ulong Spread(int word)
    {
        var z = (ulong)word + Base;
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return z ^ (z >> 31);
    }
}
