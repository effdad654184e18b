using DialogueMesh.Contracts.Runs;

namespace DialogueMesh.Balancing.Planning;

/// <summary>The services of a dialogue and the category that it is about.</summary>
internal sealed record Topic(IReadOnlyList<string> Services, string Category);

/// <summary>The target shares of every dimension of a run's plan.</summary>
internal static class PlanTables
{
    private const string General = "general";

    /// <summary>
    /// Service counts (groups), combinations (rows) and categories (columns) as one table, since a category must belong to
    /// one of the dialogue's services or to general.
    /// </summary>
    public static QuotaTable<Topic> Topics(PlanDimensions dimensions)
    {
        var combinations = dimensions.Combinations;
        var rowShares = CombinationShares(dimensions);
        var columns = new Dictionary<string, int>();
        var entries = new List<QuotaEntry>();
        var topics = new List<Topic>();
        for (var row = 0; row < combinations.Count; row++)
        {
            var services = combinations[row].Services;
            foreach (var (category, share) in CategoryShares(services, dimensions))
            {
                if (!columns.TryGetValue(category, out var column))
                {
                    columns.Add(category, column = columns.Count);
                }

                entries.Add(new(services.Count, row, column, rowShares[row] * share));
                topics.Add(new(services, category));
            }
        }

        return new(new("topic", entries), topics);
    }

    /// <summary>Bounds on the number of exchanges: a minimum (group), and a maximum for each minimum (row).</summary>
    public static QuotaTable<IntRange> Turns(RunSpec spec)
    {
        var entries = new List<QuotaEntry>();
        var ranges = new List<IntRange>();
        var minimums = spec.MinTurns.Max - spec.MinTurns.Min + 1;
        for (var min = spec.MinTurns.Min; min <= spec.MinTurns.Max; min++)
        {
            var lowest = Math.Max(spec.MaxTurns.Min, min);
            var highest = Math.Max(spec.MaxTurns.Max, lowest);
            for (var max = lowest; max <= highest; max++)
            {
                entries.Add(new(min, entries.Count, 0, 1.0 / minimums / (highest - lowest + 1)));
                ranges.Add(new(min, max));
            }
        }

        return ranges.Count > 0
            ? new(new("turns", entries), ranges)
            : throw new ArgumentException("The range of minimum turns is inverted.", nameof(spec));
    }

    private static double[] CombinationShares(PlanDimensions dimensions)
    {
        var combinations = dimensions.Combinations;
        if (combinations.Count == 0)
        {
            throw new ArgumentException("The plan has no service combinations.", nameof(dimensions));
        }

        var shares = new double[combinations.Count];
        var sizes = Enumerable.Range(0, combinations.Count).GroupBy(row => combinations[row].Services.Count).ToList();
        var sizeShares = Shares.Normalise([.. sizes.Select(size => dimensions.ServiceCounts.ElementAtOrDefault(size.Key - 1))]);
        foreach (var (size, sizeShare) in sizes.Zip(sizeShares))
        {
            var within = Shares.Normalise([.. size.Select(row => combinations[row].Weight)]);
            foreach (var (row, share) in size.Zip(within))
            {
                shares[row] = sizeShare * share;
            }
        }

        return shares;
    }

    private static Dictionary<string, double> CategoryShares(IReadOnlyList<string> services, PlanDimensions dimensions)
    {
        IReadOnlyList<string> Names(string service) => dimensions.Categories.GetValueOrDefault(service, []);

        var shares = new Dictionary<string, double>();
        void Spread(string service, double share)
        {
            var names = Names(service);
            foreach (var name in names)
            {
                var key = $"{service}.{name}";
                shares[key] = shares.GetValueOrDefault(key) + (share / names.Count);
            }
        }

        var named = services.Where(service => Names(service).Count > 0).ToList();
        var general = Names(General).Count == 0 ? 0 : named.Count == 0 ? 1 : dimensions.GeneralShare;
        Spread(General, general);
        named.ForEach(service => Spread(service, (1 - general) / named.Count));
        return shares.Count > 0
            ? shares
            : throw new ArgumentException($"No categories for {string.Join('+', services)}.", nameof(dimensions));
    }
}
