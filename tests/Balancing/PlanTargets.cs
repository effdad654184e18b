using DialogueMesh.Contracts.Runs;

namespace DialogueMesh.Tests.Balancing;

/// <summary>Target shares worked out value by value, apart from how the plan does it.</summary>
internal static class PlanTargets
{
    /// <summary>Every dimension: how a cell shows its value, and the share of every value.</summary>
    public static IEnumerable<(string Name, Func<Cell, string> Value, Dictionary<string, double> Shares)> Of(RunSpec spec)
    {
        var d = spec.Dimensions;
        yield return ("region", cell => cell.Region, Even(d.Regions));
        yield return ("time_slot", cell => cell.TimeSlot, Even(d.TimeSlots));
        yield return ("user_emotion", cell => cell.UserEmotion, Even(d.UserEmotions));
        yield return ("assistant_emotion", cell => cell.AssistantEmotion, Even(d.AssistantEmotions));
        yield return ("resolution", cell => cell.Resolution, d.Resolutions.ToDictionary(
            r => r.Value, r => r.Weight / d.Resolutions.Sum(other => other.Weight)));
        yield return ("temperature", cell => $"{cell.Sampling.Temperature}", Even(spec.Temperature));
        yield return ("top_p", cell => $"{cell.Sampling.TopP}", Even(spec.TopP));
        yield return ("frequency_penalty", cell => $"{cell.Sampling.FrequencyPenalty}", Even(spec.FrequencyPenalty));
        yield return ("presence_penalty", cell => $"{cell.Sampling.PresencePenalty}", Even(spec.PresencePenalty));
        yield return ("persona", cell => $"{cell.Persona.By}", Even([PersonaGrouping.Cluster, PersonaGrouping.SummaryLabel]));
        var turns = Turns(spec).ToList();
        yield return ("turns", cell => $"{cell.Turns}", Sum(turns.Select(t => ($"{t.Range}", t.Share))));
        yield return ("min_turns", cell => $"{cell.Turns.Min}", Sum(turns.Select(t => ($"{t.Range.Min}", t.Share))));
        var topics = Topics(d).ToList();
        yield return ("service_count", cell => $"{cell.Services.Count}", Sum(topics.Select(t => ($"{t.Services.Count}", t.Share))));
        yield return ("combination", cell => string.Join('+', cell.Services),
            Sum(topics.Select(t => (string.Join('+', t.Services), t.Share))));
        yield return ("scenario_category", cell => cell.Category, Sum(topics.Select(t => (t.Category, t.Share))));
    }

    private static IEnumerable<(IntRange Range, double Share)> Turns(RunSpec spec) =>
        from min in Enumerable.Range(spec.MinTurns.Min, spec.MinTurns.Max - spec.MinTurns.Min + 1)
        let lowest = Math.Max(spec.MaxTurns.Min, min)
        from max in Enumerable.Range(lowest, spec.MaxTurns.Max - lowest + 1)
        select (new IntRange(min, max),
            1.0 / (spec.MinTurns.Max - spec.MinTurns.Min + 1) / (spec.MaxTurns.Max - lowest + 1));

    private static IEnumerable<(IReadOnlyList<string> Services, string Category, double Share)> Topics(PlanDimensions d)
    {
        var sizes = d.Combinations.Select(c => c.Services.Count).Distinct().ToList();
        foreach (var (services, weight) in d.Combinations.Select(c => (c.Services, c.Weight)))
        {
            var size = d.ServiceCounts[services.Count - 1] / sizes.Sum(count => d.ServiceCounts[count - 1]);
            var row = size * weight / d.Combinations.Where(c => c.Services.Count == services.Count).Sum(c => c.Weight);
            var general = d.Categories.TryGetValue("general", out var names) ? d.GeneralShare : 0;
            foreach (var name in names ?? [])
            {
                yield return (services, $"general.{name}", row * general / names!.Count);
            }

            foreach (var service in services)
            {
                var own = d.Categories[service];
                foreach (var name in own)
                {
                    yield return (services, $"{service}.{name}", row * (1 - general) / services.Count / own.Count);
                }
            }
        }
    }

    private static Dictionary<string, double> Even<T>(IReadOnlyList<T> values) =>
        values.ToDictionary(value => $"{value}", _ => 1.0 / values.Count);

    private static Dictionary<string, double> Sum(IEnumerable<(string Value, double Share)> shares) =>
        shares.GroupBy(pair => pair.Value).ToDictionary(group => group.Key, group => group.Sum(pair => pair.Share));
}
