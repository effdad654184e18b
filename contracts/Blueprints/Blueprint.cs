using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Runs;

namespace DialogueMesh.Contracts.Blueprints;

/// <summary>A dialogue's meaning before it has words.</summary>
public sealed record Blueprint
{
    public required Cell Cell { get; init; }

    public required Persona Persona { get; init; }

    public required SeedConversation Seed { get; init; }

    /// <summary>The time of day of the conversation, "HH:mm", within the cell's time slot.</summary>
    public required string Clock { get; init; }

    public required UserGoal Goal { get; init; }

    /// <summary>Empty in freeform mode.</summary>
    public required IReadOnlyList<ExchangePlan> Outline { get; init; }
}

/// <summary>The dialogue of the seed corpus that a cell drew; its text serves the freeform prompt as reference.</summary>
public sealed record SeedConversation(string DialogueId, string Text);

/// <summary>What is to be meant in one exchange.</summary>
public sealed record ExchangePlan
{
    public required IReadOnlyList<PlannedAct> User { get; init; }

    public required IReadOnlyList<PlannedAct> Assistant { get; init; }

    public required string UserEmotion { get; init; }

    public required string AssistantEmotion { get; init; }

    /// <summary>The service and intent that the user's utterance serves.</summary>
    public required string ActiveService { get; init; }

    public required string ActiveIntent { get; init; }

    /// <summary>What the acts leave unsaid, for whoever writes the words: what is wrong, why, who takes over. May be "".</summary>
    public string Note { get; init; } = "";
}

/// <summary>
/// One dialogue act of a plan. <see cref="Slot"/> is named without its service. An act whose <see cref="Value"/> is set
/// must show that value in its utterance, except SELECT, which accepts what was offered.
/// </summary>
public sealed record PlannedAct
{
    public required string Act { get; init; }

    public required string Service { get; init; }

    public string? Slot { get; init; }

    public string? Value { get; init; }

    /// <summary>"service-slot" of an earlier value that this one takes over.</summary>
    public string? CopyFrom { get; init; }
}
