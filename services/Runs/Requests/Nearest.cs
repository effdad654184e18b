namespace DialogueMesh.Runs.Requests;

/// <summary>The known names that a mistyped one may have meant.</summary>
public static class Nearest
{
    /// <returns>At most <paramref name="count"/> names, the likeliest first.</returns>
    public static IReadOnlyList<string> Of(string name, IEnumerable<string> known, int count = 3) =>
    [
        .. known
            .Select((candidate, place) => (Candidate: candidate, Distance: DistanceOf(name, candidate), Place: place))
            .OrderBy(item => item.Distance)
            .ThenBy(item => item.Place)
            .Take(count)
            .Select(item => item.Candidate),
    ];

    /// <summary>The nearest name, or null where none is near: more than a third of the letters differ.</summary>
    public static string? Guess(string name, IEnumerable<string> known) =>
        Of(name, known, 1) is [var nearest] && DistanceOf(name, nearest) <= Math.Max(2, nearest.Length / 3) ? nearest : null;

    // A name that begins like the known one ("New" of "New York") is nearer than one of as many different letters.
    private static int DistanceOf(string name, string known) =>
        name.Length > 1 && known.StartsWith(name, StringComparison.OrdinalIgnoreCase) ? 1 : Edits(Letters(name), Letters(known));

    private static string Letters(string name) => name.ToLowerInvariant().Replace('_', '-');

    // Insertions, deletions, substitutions and swaps of neighbours: optimal string alignment.
    private static int Edits(string a, string b)
    {
        var edits = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                edits[i, j] = i == 0 ? j : j == 0 ? i : Least(edits, a, b, i, j);
            }
        }

        return edits[a.Length, b.Length];
    }

    private static int Least(int[,] edits, string a, string b, int i, int j)
    {
        var least = Math.Min(
            Math.Min(edits[i - 1, j], edits[i, j - 1]) + 1, edits[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
        return i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]
            ? Math.Min(least, edits[i - 2, j - 2] + 1)
            : least;
    }
}
