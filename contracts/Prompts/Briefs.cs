namespace DialogueMesh.Contracts.Prompts;

/// <summary>The schemas' names, by which an endpoint tells the prompts apart.</summary>
public static class PromptNames
{
    public const string Outline = "dialogue";
    public const string Freeform = "freeform_dialogue";
    public const string Repair = "repair";
    public const string Judge = "judgement";

    /// <summary>Asked once before a run, to see that the model answers by a schema.</summary>
    public const string Check = "check";
}

/// <summary>A blueprint as the model is shown it.</summary>
public sealed record OutlineBrief
{
    public required IReadOnlyList<string> Services { get; init; }
    public required string Category { get; init; }
    public required string Region { get; init; }
    public required string TimeSlot { get; init; }
    public required string Clock { get; init; }
    public required string Persona { get; init; }
    public required string Goal { get; init; }
    public required string Resolution { get; init; }

    /// <summary>Why it fails or is handed over; absent when resolved.</summary>
    public string? Obstacle { get; init; }

    public required IReadOnlyList<TaskBrief> Tasks { get; init; }
    public required IReadOnlyList<ExchangeBrief> Exchanges { get; init; }
}

public sealed record TaskBrief(string Service, string Category, string Intent, string Outcome, bool Main);

/// <param name="User">Acts as "ACT", "ACT service", "ACT service-slot" or "ACT service-slot=value".</param>
/// <param name="Assistant">As <paramref name="User"/>.</param>
public sealed record ExchangeBrief(
    int N, string Intent, string UserEmotion, IReadOnlyList<string> User, string AssistantEmotion, IReadOnlyList<string> Assistant, string? Note);

/// <summary>A cell as the model is shown it in freeform mode.</summary>
public sealed record FreeformBrief
{
    public required IReadOnlyList<string> Services { get; init; }
    public required string Category { get; init; }
    public required string Region { get; init; }
    public required string TimeSlot { get; init; }
    public required string Clock { get; init; }
    public required string Persona { get; init; }
    public required string UserEmotion { get; init; }
    public required string AssistantEmotion { get; init; }
    public required string Resolution { get; init; }
    public required int MinExchanges { get; init; }
    public required int MaxExchanges { get; init; }
    public required string ReferenceConversation { get; init; }
}

/// <param name="UserMisses">Values that the user's utterance lacks.</param>
/// <param name="AssistantMisses">Values that the response lacks.</param>
public sealed record RepairEntry(
    int Number, string User, IReadOnlyList<string> UserMisses, string Assistant, IReadOnlyList<string> AssistantMisses);
