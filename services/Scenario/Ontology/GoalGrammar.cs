namespace DialogueMesh.Scenario.Ontology;

/// <summary>What a user of one category wants, the steps to it, and what can go wrong (docs/ontology.md).</summary>
public sealed record GoalGrammar
{
    public required string Service { get; init; }

    public required string Category { get; init; }

    public required string Intent { get; init; }

    /// <summary>Completes "The user wants to …"; may hold slots.</summary>
    public required string Goal { get; init; }

    public required IReadOnlyList<string> Open { get; init; }

    public required IReadOnlyList<Step> Steps { get; init; }

    /// <summary>Phrases by step id or step kind.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Say { get; init; }

    public required IReadOnlyList<Trouble> Troubles { get; init; }

    /// <summary>What may be asked on the side of this task; null for whatever the schema lists.</summary>
    public IReadOnlyList<string>? Aside { get; init; }

    /// <summary>Whether the user has arrived already, so that no journey leads to the region.</summary>
    public bool OnSite { get; init; }

    /// <summary>Whether a booking is given up, so that nobody goes there any more.</summary>
    public bool GivesUp { get; init; }
}

public enum StepKind
{
    /// <summary>The user states slots.</summary>
    Give,

    /// <summary>The assistant proposes an entity or values.</summary>
    Offer,

    /// <summary>The user asks, the assistant tells.</summary>
    Ask,

    /// <summary>The assistant tells unasked.</summary>
    Tell,

    /// <summary>The assistant reads back.</summary>
    Confirm,

    /// <summary>The assistant carries it out.</summary>
    Do,
}

/// <param name="About">For the writer of the words: what the acts leave unsaid.</param>
public sealed record Step(StepKind Kind, string Id, IReadOnlyList<StepSlot> Slots, string About);

/// <param name="OfSubject">Whether it is a slot of the service that a general task is about.</param>
/// <param name="Optional">There only in some dialogues.</param>
public sealed record StepSlot(string Name, bool OfSubject, bool Optional);

/// <summary>How a task fails, or why a person must take over.</summary>
public sealed record Trouble
{
    public required string Id { get; init; }

    /// <summary>Kind or id of the step it strikes.</summary>
    public required string At { get; init; }

    public required string About { get; init; }

    public required IReadOnlyList<string> Says { get; init; }

    public required IReadOnlyList<string> Failed { get; init; }

    public required string Desk { get; init; }

    public required IReadOnlyList<string> Escalated { get; init; }

    /// <summary>With another value of this slot it works after all.</summary>
    public string? Recover { get; init; }
}
