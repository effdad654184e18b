using DialogueMesh.Contracts.Blueprints;
using DialogueMesh.Contracts.Dialogues;

namespace DialogueMesh.Generation.Alignment;

/// <summary>The belief state: per service, the values of the user's INFORM and SELECT acts so far, the last one of a slot standing.</summary>
internal sealed class StateTracker
{
    private readonly SortedDictionary<string, SortedDictionary<string, IReadOnlyList<string>>> values = new(StringComparer.Ordinal);

    /// <summary>Services that were spoken about, in ordinal order.</summary>
    public IEnumerable<string> Services => values.Keys;

    public void Hear(IEnumerable<PlannedAct> userActs)
    {
        foreach (var act in userActs)
        {
            if (!values.TryGetValue(act.Service, out var state))
            {
                values.Add(act.Service, state = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal));
            }

            if (act is { Act: Acts.Inform or Acts.Select, Slot: not null, Value: not null })
            {
                state[$"{act.Service}-{act.Slot}"] = [act.Value];
            }
        }
    }

    public BeliefState Of(string service, string activeIntent, IEnumerable<PlannedAct> userActs) => new()
    {
        ActiveIntent = activeIntent,
        RequestedSlots = [.. userActs.Where(act => act.Act == Acts.Request && act.Service == service).Select(act => $"{act.Service}-{act.Slot}")],
        SlotValues = new SortedDictionary<string, IReadOnlyList<string>>(values[service], StringComparer.Ordinal),
    };
}
