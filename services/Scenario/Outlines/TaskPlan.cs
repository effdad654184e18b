using DialogueMesh.Contracts.Randomness;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Scenario.Ontology;

namespace DialogueMesh.Scenario.Outlines;

/// <summary>One task of a dialogue before it is laid out in exchanges.</summary>
/// <param name="Primary">Whether it is the one that the cell's category names.</param>
/// <param name="Trouble">What it ends in; null when it is resolved.</param>
/// <param name="SideSlots">What the user may ask about on the side.</param>
internal sealed record TaskPlan(
    GoalGrammar Grammar, ServiceSchema Schema, bool Primary, string Outcome, Trouble? Trouble, IReadOnlyList<SideSlot> SideSlots)
{
    /// <summary>
    /// The tasks of a cell in the order in which they are taken up: a primary task that succeeds comes first, but after what
    /// it leads to (a taxi is ordered once it is known to which hotel); one that fails or is handed over comes last, so that
    /// the dialogue ends the way its resolution says.
    /// </summary>
    public static IReadOnlyList<TaskPlan> Of(Cell cell, OntologyCatalog catalog, SeededRandom random)
    {
        var dot = cell.Category.IndexOf('.', StringComparison.Ordinal);
        var service = cell.Category[..dot];
        var schema = catalog.Services[service];
        var grammar = schema.Categories[cell.Category[(dot + 1)..]];
        var resolved = cell.Resolution == Resolutions.Resolved;
        IEnumerable<SideSlot> ofSubject = service == OntologyCatalog.General && grammar.Aside is null ? Askable(catalog.Services[cell.Services[0]]) : [];
        var primary = new TaskPlan(
            grammar, schema, Primary: true, cell.Resolution, resolved ? null : random.Pick(grammar.Troubles), Shuffled([.. SideSlotsOf(schema, grammar), .. ofSubject], random));

        var covered = service == OntologyCatalog.General ? cell.Services[0] : service;
        var companions = InOrder(cell.Services.Where(other => other != covered).Select(other => Companion(catalog.Services[other], random)));
        return resolved && !companions.Exists(other => primary.LeadsTo(other)) ? [primary, .. companions] : [.. companions, primary];
    }

    /// <summary>A task comes after those that it leads to, else in the order given.</summary>
    private static List<TaskPlan> InOrder(IEnumerable<TaskPlan> tasks)
    {
        var (left, ordered) = (tasks.ToList(), new List<TaskPlan>());
        while (left.Count > 0)
        {
            var next = left.Find(task => !left.Exists(other => other != task && task.LeadsTo(other))) ?? left[0];
            left.Remove(next);
            ordered.Add(next);
        }

        return ordered;
    }

    /// <summary>Whether the task names the very thing that the other one settles.</summary>
    private bool LeadsTo(TaskPlan other) => other.Schema.Entity is { } entity && Grammar.Steps
        .Where(step => step.Kind == StepKind.Give).SelectMany(step => step.Slots)
        .Any(slot => !slot.OfSubject && Schema.Slots[slot.Name].Links.Contains($"{other.Schema.Name}.{entity.Key}"));

    private static TaskPlan Companion(ServiceSchema schema, SeededRandom random)
    {
        var grammar = schema.Categories[schema.Companion!];
        return new TaskPlan(grammar, schema, Primary: false, Resolutions.Resolved, null, Shuffled([.. SideSlotsOf(schema, grammar)], random));
    }

    private static List<SideSlot> Shuffled(List<SideSlot> slots, SeededRandom random)
    {
        random.Shuffle(slots);
        return slots;
    }

    private static IEnumerable<SideSlot> SideSlotsOf(ServiceSchema schema, GoalGrammar grammar)
    {
        var planned = grammar.Steps.SelectMany(step => step.Slots).Select(slot => slot.Name).ToHashSet(StringComparer.Ordinal);
        return (grammar.Aside?.Select(slot => new SideSlot(schema.Name, slot)) ?? Askable(schema)).Where(slot => !planned.Contains(slot.Slot) && MakesSense(schema.Slots[slot.Slot], planned));
    }

    /// <summary>How long something takes is only asked where its start and its end are what the task is about.</summary>
    private static bool MakesSense(Slot slot, HashSet<string> planned) =>
        slot.Values is not ValueSource.MinutesBetween between || (planned.Contains(between.From) && planned.Contains(between.To));

    private static IEnumerable<SideSlot> Askable(ServiceSchema schema) => schema.Aside.Select(slot => new SideSlot(schema.Name, slot));
}

/// <summary>A slot that the user may ask about on the side.</summary>
internal sealed record SideSlot(string Service, string Slot);
