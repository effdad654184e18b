namespace DialogueMesh.Balancing.Planning;

/// <summary>One combination of values of a dimension, and its share of the run.</summary>
/// <param name="Group">The group of rows that has a quota of its own.</param>
/// <param name="Row">Every row lies in one group.</param>
/// <param name="Column">Columns cut across rows and groups.</param>
/// <param name="Share">In [0, 1].</param>
internal readonly record struct QuotaEntry(int Group, int Row, int Column, double Share);

/// <summary>
/// A dimension of the plan whose groups, rows, columns and entries each get their share of the cells. A dimension with a
/// single level is a table of one column, a row for each value.
/// </summary>
internal sealed record QuotaTable(string Name, IReadOnlyList<QuotaEntry> Entries);

/// <summary>A dimension with the values that its entries stand for.</summary>
internal sealed record QuotaTable<T>(QuotaTable Table, IReadOnlyList<T> Values)
    where T : notnull
{
    /// <summary>A dimension with a single level; values that occur more than once add up.</summary>
    /// <param name="name">Keys the dimension's random stream.</param>
    /// <param name="weights">Before normalisation; when none is positive, all values share evenly.</param>
    public static QuotaTable<T> Flat(string name, IEnumerable<(T Value, double Weight)> weights)
    {
        var merged = weights.GroupBy(pair => pair.Value).Select(g => (g.Key, Weight: g.Sum(pair => pair.Weight))).ToList();
        if (merged.Count == 0)
        {
            throw new ArgumentException($"The plan's dimension {name} has no values.", nameof(weights));
        }

        var shares = Shares.Normalise([.. merged.Select(pair => pair.Weight)]);
        var entries = shares.Select((share, i) => new QuotaEntry(0, i, 0, share)).ToList();
        return new(new(name, entries), [.. merged.Select(pair => pair.Key)]);
    }
}

internal static class Shares
{
    /// <summary>Weights that add up to 1: even where none is positive, 0 for what is not positive otherwise.</summary>
    public static double[] Normalise(IReadOnlyList<double> weights)
    {
        var sum = weights.Where(weight => weight > 0).Sum();
        return [.. weights.Select(weight => sum > 0 ? Math.Max(weight, 0) / sum : 1.0 / weights.Count)];
    }
}
