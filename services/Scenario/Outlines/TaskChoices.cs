using DialogueMesh.Scenario.Grounding;
using DialogueMesh.Scenario.Ontology;
using DialogueMesh.Scenario.Outlines.Expansions;

namespace DialogueMesh.Scenario.Outlines;

/// <summary>What the chosen expansions make of one task: which slots are there, which values are said first, what is declined.</summary>
internal sealed class TaskChoices(int index, TaskPlan task, World world, ExpansionSet chosen)
{
    private readonly string service = task.Schema.Name;
    private string? corrected;

    public bool Has(Expansion expansion) => chosen.Has(expansion);

    public IEnumerable<(StepSlot Slot, int Index)> Present(int s) =>
        task.Grammar.Steps[s].Slots.Select((slot, i) => (slot, i)).Where(pair => !pair.slot.Optional || Has(new Expansion.Include(index, s, pair.i)));

    /// <summary>The value first given: another one where a correction is to follow.</summary>
    public Grounded GivenValue(StepSlot slot) => CorrectedSlot() == slot.Name
        ? new Grounded(world.ValueOf(service, slot.Name, variant: 1).Value, null)
        : world.ValueOf(ServiceOf(slot), slot.Name);

    /// <summary>The slot that the user will correct when it is read back, if any.</summary>
    public string? CorrectedSlot() => chosen.Has(new Expansion.Correct(index)) ? corrected ??= FindCorrected() : null;

    private string? FindCorrected()
    {
        var steps = task.Grammar.Steps.ToList();
        var confirm = steps.FindIndex(step => step.Kind == StepKind.Confirm);
        if (confirm < 0 || !Has(new Expansion.ReadBack(index, confirm)))
        {
            return null;
        }

        var given = steps.Take(confirm).Where(step => step.Kind == StepKind.Give).SelectMany(step => step.Slots)
            .Where(slot => !slot.Optional && !slot.OfSubject).Select(slot => slot.Name).ToHashSet(StringComparer.Ordinal);
        var candidates = Present(confirm).Select(pair => pair.Slot.Name).Where(name => given.Contains(name) && CanChange(name)).ToList();
        return candidates.Count == 0 ? null : world.Stream("corrected", index).Pick(candidates);
    }

    /// <summary>Only what is not tied to an entity, a booking or another slot can be given wrongly and then corrected.</summary>
    private bool CanChange(string name) =>
        task.Schema.Entity?.Slots.Contains(name) != true
        && name is not ("ref" or "bookname")
        && task.Schema.Slots[name].Lead is null
        && task.Schema.Slots[name].Values is ValueSource.OneOf { Values.Count: > 1 } or ValueSource.Number or ValueSource.TimeOfDay or ValueSource.Day or ValueSource.Date
        && world.ValueOf(service, name).CopyFrom is null
        && world.ValueOf(service, name, variant: 1).Value != world.ValueOf(service, name).Value;

    /// <summary>Offers that the user turns down, each with its slots' values.</summary>
    /// <param name="given">Slots that the user gave, which an offer keeps to.</param>
    /// <param name="constraints">Those of them that entities have.</param>
    public IEnumerable<Dictionary<string, string>> Declined(Step step, List<StepSlot> slots, HashSet<string> given, List<string> constraints)
    {
        var wanted = Enumerable.Range(0, 2).Count(n => Has(new Expansion.Alternative(index, n)));
        if (task.Schema.Entity is { } entity && entity.Slots.Contains(step.Slots[0].Name))
        {
            return world.Alternatives(service, constraints).Take(wanted)
                .Select(other => slots.ToDictionary(
                    slot => slot.Name, slot => other.Values.GetValueOrDefault(slot.Name) ?? world.ValueOf(service, slot.Name).Value, StringComparer.Ordinal));
        }

        return Enumerable.Range(1, wanted)
            .Select(variant => slots.ToDictionary(
                slot => slot.Name, slot => world.ValueOf(service, slot.Name, given.Contains(slot.Name) ? 0 : variant).Value, StringComparer.Ordinal))
            .Where(values => values[slots[0].Name] != world.ValueOf(service, slots[0].Name).Value)
            .DistinctBy(values => values[slots[0].Name]);
    }

    /// <summary>Whether a slot that was given can be given anew with yet another value.</summary>
    public bool CanRecover(string slot) =>
        CanChange(slot) && world.ValueOf(service, slot, variant: 2).Value != world.ValueOf(service, slot).Value;

    public string ServiceOf(StepSlot slot) => slot.OfSubject ? world.Subject! : service;
}
