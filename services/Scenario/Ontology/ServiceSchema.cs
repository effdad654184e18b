namespace DialogueMesh.Scenario.Ontology;

/// <summary>A service: its slots, its entities and its goal grammars by category.</summary>
public sealed record ServiceSchema
{
    public required string Name { get; init; }

    public required string Noun { get; init; }

    /// <summary>What its bookings are called, without an article.</summary>
    public required string Booking { get; init; }

    /// <summary>The category that another dialogue adds when this service comes along; null for general.</summary>
    public string? Companion { get; init; }

    public EntitySchema? Entity { get; init; }

    /// <summary>Whether most of its customers come from elsewhere.</summary>
    public bool Visitors { get; init; }

    public required IReadOnlyDictionary<string, Slot> Slots { get; init; }

    public required IReadOnlyDictionary<string, GoalGrammar> Categories { get; init; }

    /// <summary>Entities written out; empty when they are drawn from the regions' names.</summary>
    public IReadOnlyList<WrittenEntity> Entities { get; init; } = [];

    public GoalGrammar? GrammarOfIntent(string intent) =>
        Categories.Values.FirstOrDefault(grammar => grammar.Intent == intent);

    /// <summary>
    /// Slots that a user may ask about on the side whatever their task is; where the schema lists none, those with question
    /// and answer that no category plans.
    /// </summary>
    public IReadOnlyList<string> Aside => Listed ?? (unplanned ??= FindUnplanned());

    /// <summary>The schema's own list.</summary>
    public IReadOnlyList<string>? Listed { get; init; }

    private IReadOnlyList<string>? unplanned;

    private string[] FindUnplanned()
    {
        var planned = Categories.Values.SelectMany(grammar => grammar.Steps).SelectMany(step => step.Slots)
            .Select(slot => slot.Name).ToHashSet(StringComparer.Ordinal);
        return [.. Slots.Values.Where(slot => slot.CanBeAsked && !planned.Contains(slot.Name)).Select(slot => slot.Name)];
    }
}

/// <param name="Key">The slot that names an entity.</param>
/// <param name="Slots">All slots that an entity has, the key included.</param>
public sealed record EntitySchema(string Key, IReadOnlyList<string> Slots);

/// <param name="Region">Null: exists in every region.</param>
public sealed record WrittenEntity(string? Region, IReadOnlyDictionary<string, string> Values);

/// <summary>A slot and how people talk about it.</summary>
public sealed record Slot
{
    public required string Name { get; init; }

    public required string Label { get; init; }

    public required ValueSource Values { get; init; }

    /// <summary>By service: how values come about in dialogues that that service is part of, in place of <see cref="Values"/>.</summary>
    public IReadOnlyDictionary<string, ValueSource> With { get; init; } = new Dictionary<string, ValueSource>();

    /// <summary>A slot of the same service whose value this one never equals.</summary>
    public string? DistinctFrom { get; init; }

    /// <summary>"service.slot": values to take over when they were settled before.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>A time that leads up to another service's; null for slots that do not.</summary>
    public Lead? Lead { get; init; }

    /// <summary>A time that follows the end of a journey to the place; null for slots that do not.</summary>
    public Lead? Trail { get; init; }

    /// <summary>What seed corpora call it.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    public required SlotPhrases Phrases { get; init; }

    /// <summary>Where it is declared: "file(line,column)".</summary>
    public string Place { get; init; } = "";

    public bool CanBeAsked => Phrases is { Want.Count: > 0, Give.Count: > 0 };
}

/// <summary>Templates; {v} is the value. Never empty but for Want and Give, which mark what can be asked.</summary>
public sealed record SlotPhrases(
    IReadOnlyList<string> Fragment,
    IReadOnlyList<string> Ask,
    IReadOnlyList<string> Answer,
    IReadOnlyList<string> Want,
    IReadOnlyList<string> Give);

/// <summary>How long before or after another service's time this one is, where the dialogue ties the two services together.</summary>
/// <param name="Slots">"service.slot" of the other times.</param>
public sealed record Lead(IReadOnlyList<string> Slots, int MinMinutes, int MaxMinutes);
