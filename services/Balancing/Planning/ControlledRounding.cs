using DialogueMesh.Contracts.Randomness;

namespace DialogueMesh.Balancing.Planning;

/// <summary>
/// Integral counts for a table of fractional targets such that entries, rows, groups of rows and columns are all rounded
/// at once. Without earlier counts every one of them is its target's floor or ceiling: such a rounding always exists
/// (Bacharach, 1966; Cox, 1987). Entries are first drawn systematically, which rounds entries, rows and groups without
/// bias; the cheapest flow then moves what the columns, and earlier counts, still need.
/// </summary>
internal static class ControlledRounding
{
    /// <param name="entries">Shares add up to 1; every row lies in one group.</param>
    /// <param name="prior">Earlier counts of the entries, which only grow.</param>
    /// <param name="total">What the counts add up to, at least the sum of <paramref name="prior"/>.</param>
    /// <param name="random">Decides between roundings that are equally good.</param>
    /// <returns>
    /// What to add to each earlier count. Rows, groups and columns come within 1 of their targets where that can be, and
    /// lie as little as possible beyond that where it cannot (the k-th unit beyond counts k times).
    /// </returns>
    public static int[] Add(IReadOnlyList<QuotaEntry> entries, int[] prior, int total, SeededRandom random)
    {
        var count = total - prior.Sum();
        var drawn = Draw(entries, prior, total, count, random);
        var flow = new QuotaFlow(random);
        var source = flow.AddNode(count);
        var sink = flow.AddNode(-count);
        var sums = new Dictionary<(Level, int), Tally>();
        for (var i = 0; i < entries.Count; i++)
        {
            var (group, row, column, share) = entries[i];
            var (low, high) = Rounding.FloorAndCeiling(total * share);
            drawn[i] = Math.Clamp(drawn[i], Math.Max(low - prior[i], 0), Math.Max(high - prior[i], 0));
            Tally.Add(sums, (Level.Group, group), share, prior[i], drawn[i]);
            Tally.Add(sums, (Level.Row, row), share, prior[i], drawn[i]);
            Tally.Add(sums, (Level.Column, column), share, prior[i], drawn[i]);
        }

        var nodes = sums.Keys.ToDictionary(key => key, _ => flow.AddNode(0));
        var rowGroups = entries.DistinctBy(entry => entry.Row).ToDictionary(entry => entry.Row, entry => entry.Group);
        foreach (var ((level, index), tally) in sums)
        {
            var node = nodes[(level, index)];
            var (from, to) = level switch
            {
                Level.Group => (source, node),
                Level.Row => (nodes[(Level.Group, rowGroups[index])], node),
                _ => (node, sink),
            };
            flow.AddArc(from, to, tally.Prior, tally.Drawn, total * tally.Share, isSum: true);
        }

        var arcs = entries.Select((entry, i) => flow.AddArc(
            nodes[(Level.Row, entry.Row)], nodes[(Level.Column, entry.Column)], prior[i], drawn[i], total * entry.Share,
            isSum: false)).ToList();
        flow.Settle();
        return [.. arcs.Select(flow.FlowOf)];
    }

    /// <summary>
    /// Systematic sampling (Madow, 1949) of what is open, entries of a row and rows of a group side by side: the expected
    /// counts are the open ones, and each entry, row and group gets its floor or ceiling.
    /// </summary>
    private static int[] Draw(IReadOnlyList<QuotaEntry> entries, int[] prior, int total, int count, SeededRandom random)
    {
        var open = entries.Select((entry, i) => Math.Max((total * entry.Share) - prior[i], 0)).ToArray();
        var scale = open.Sum() is > 0 and var sum ? count / sum : 0;
        var drawn = new int[entries.Count];
        var start = random.NextDouble();
        var position = start;
        foreach (var i in ShuffledSideBySide(entries, random))
        {
            var next = position + (open[i] * scale);
            drawn[i] = (int)(Math.Floor(next) - Math.Floor(position));
            position = next;
        }

        return drawn;
    }

    private static IEnumerable<int> ShuffledSideBySide(IReadOnlyList<QuotaEntry> entries, SeededRandom random)
    {
        var order = Enumerable.Range(0, entries.Count).ToArray();
        random.Shuffle(order);
        return order.GroupBy(i => entries[i].Group).SelectMany(group => group.GroupBy(i => entries[i].Row).SelectMany(row => row));
    }

    private enum Level
    {
        Group,
        Row,
        Column,
    }

    /// <summary>Sums over the entries of a group, row or column.</summary>
    private sealed class Tally
    {
        public double Share { get; private set; }

        public int Prior { get; private set; }

        public int Drawn { get; private set; }

        public static void Add(Dictionary<(Level, int), Tally> sums, (Level, int) key, double share, int prior, int drawn)
        {
            if (!sums.TryGetValue(key, out var tally))
            {
                sums.Add(key, tally = new());
            }

            tally.Share += share;
            tally.Prior += prior;
            tally.Drawn += drawn;
        }
    }
}

/// <summary>Whole numbers around a target, for which sums of shares are exact to about 1e-13.</summary>
internal static class Rounding
{
    private const double Tolerance = 1e-7;

    public static (int Low, int High) FloorAndCeiling(double target) =>
        ((int)Math.Floor(target + Tolerance), (int)Math.Ceiling(target - Tolerance));

    /// <summary>The lowest and highest whole number within 1 of the target.</summary>
    public static (int Low, int High) WithinOne(double target) =>
        ((int)Math.Ceiling(target - 1 - Tolerance), (int)Math.Floor(target + 1 + Tolerance));
}
