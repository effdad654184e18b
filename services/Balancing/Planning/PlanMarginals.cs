using System.Globalization;
using DialogueMesh.Contracts.Runs;

namespace DialogueMesh.Balancing.Planning;

/// <summary>How often each value of each dimension occurs.</summary>
public static class PlanMarginals
{
    /// <returns>
    /// Dimension to value to number of cells, values in ordinal order. "services" counts a cell once for each of its services.
    /// </returns>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Of(IEnumerable<Cell> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        var marginals = new Dictionary<string, SortedDictionary<string, int>>();
        void Count(string dimension, string value)
        {
            var counts = marginals[dimension];
            counts[value] = counts.GetValueOrDefault(value) + 1;
        }

        foreach (var name in Names)
        {
            marginals.Add(name, new(StringComparer.Ordinal));
        }

        foreach (var cell in cells)
        {
            Count("service_count", cell.Services.Count.ToString(CultureInfo.InvariantCulture));
            Count("combination", string.Join('+', cell.Services));
            Count("scenario_category", cell.Category);
            Count("region", cell.Region);
            Count("time_slot", cell.TimeSlot);
            Count("resolution", cell.Resolution);
            Count("user_emotion", cell.UserEmotion);
            Count("assistant_emotion", cell.AssistantEmotion);
            foreach (var service in cell.Services)
            {
                Count("services", service);
            }
        }

        return marginals.ToDictionary(pair => pair.Key, pair => (IReadOnlyDictionary<string, int>)pair.Value);
    }

    private static readonly string[] Names =
    [
        "service_count", "combination", "services", "scenario_category", "region", "time_slot", "resolution",
        "user_emotion", "assistant_emotion",
    ];
}
