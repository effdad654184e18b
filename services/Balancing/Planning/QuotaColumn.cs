using DialogueMesh.Contracts.Randomness;

namespace DialogueMesh.Balancing.Planning;

/// <summary>Gives every ordinal its entry of a table.</summary>
internal static class QuotaColumn
{
    /// <returns>For each ordinal below the last total, the index of its entry.</returns>
    public static int[] Fill(QuotaTable table, long seed, IReadOnlyList<int> totals)
    {
        var column = new int[totals[^1]];
        var counts = new int[table.Entries.Count];
        var start = 0;
        for (var segment = 0; segment < totals.Count; segment++)
        {
            var random = new SeededRandom(seed, "plan", table.Name, segment);
            var added = ControlledRounding.Add(table.Entries, counts, totals[segment], random);
            var values = new int[totals[segment] - start];
            var next = 0;
            for (var entry = 0; entry < added.Length; entry++)
            {
                Array.Fill(values, entry, next, added[entry]);
                next += added[entry];
                counts[entry] += added[entry];
            }

            random.Shuffle(values);
            values.CopyTo(column, start);
            start = totals[segment];
        }

        return column;
    }
}
