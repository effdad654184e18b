using System.Globalization;
using DialogueMesh.Dataset.History;

namespace DialogueMesh.Dataset.Reports;

/// <summary>How many accepted dialogues have each value of each dimension; a dialogue with several values counts for each.</summary>
internal sealed class Marginals
{
    public const string ServiceCount = "service_count";
    public const string Resolution = "resolution_status";

    private readonly SortedDictionary<string, SortedDictionary<string, int>> counts = new(StringComparer.Ordinal);

    public void Count(DialogueLabels labels)
    {
        Add("services", [string.Join('+', labels.Services)]);
        Add(ServiceCount, [labels.Services.Count.ToString(CultureInfo.InvariantCulture)]);
        Add("scenario_category", [labels.ScenarioCategory]);
        Add("regions", labels.Regions);
        Add("time_slot", [labels.TimeSlot]);
        Add(Resolution, [labels.ResolutionStatus]);
        Add("user_emotions", labels.UserEmotions);
        Add("assistant_emotions", labels.AssistantEmotions);
    }

    /// <summary>A copy, by dimension and value in ordinal order.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Snapshot() =>
        new SortedDictionary<string, IReadOnlyDictionary<string, int>>(
            counts.ToDictionary(
                pair => pair.Key,
                pair => (IReadOnlyDictionary<string, int>)new SortedDictionary<string, int>(pair.Value, StringComparer.Ordinal)),
            StringComparer.Ordinal);

    /// <summary>One dimension in a line: "Failed 30, Resolved 70".</summary>
    public string Line(string dimension) =>
        counts.TryGetValue(dimension, out var values) ? string.Join(", ", values.Select(v => $"{v.Key} {v.Value}")) : "none";

    private void Add(string dimension, IEnumerable<string> values)
    {
        if (!counts.TryGetValue(dimension, out var tally))
        {
            counts.Add(dimension, tally = new(StringComparer.Ordinal));
        }

        foreach (var value in values.Distinct(StringComparer.Ordinal))
        {
            tally[value] = tally.GetValueOrDefault(value) + 1;
        }
    }
}
