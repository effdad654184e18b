namespace DialogueMesh.Contracts.Dialogues;

/// <summary>A finished dialogue, as the output file has it (field names in snake_case).</summary>
public sealed record Dialogue
{
    public required IReadOnlyList<string> Services { get; init; }

    public required string DialogueId { get; init; }

    public required IReadOnlyList<Turn> Turns { get; init; }

    /// <summary>The number of exchanges.</summary>
    public required int NumLines { get; init; }

    public required IReadOnlyList<string> UserEmotions { get; init; }

    public required IReadOnlyList<string> AssistantEmotions { get; init; }

    /// <summary>"service.category".</summary>
    public required string ScenarioCategory { get; init; }

    public required string GeneratedScenario { get; init; }

    public required string TimeSlot { get; init; }

    public required IReadOnlyList<string> Regions { get; init; }

    public required string ResolutionStatus { get; init; }

    /// <summary>Absent in freeform mode.</summary>
    public UserGoal? Goal { get; init; }

    public required Persona Persona { get; init; }

    public required Provenance Provenance { get; init; }
}

/// <summary>One exchange: what the user says and what the assistant answers.</summary>
public sealed record Turn
{
    /// <summary>From 1.</summary>
    public required int TurnNumber { get; init; }

    public required string Utterance { get; init; }

    public required string Intent { get; init; }

    public required string AssistantResponse { get; init; }

    /// <summary>The user's emotion.</summary>
    public required string Emotion { get; init; }

    public required string AssistantEmotion { get; init; }

    /// <summary>Annotations of <see cref="Utterance"/>, one frame a service, with the belief state after it. Outline mode only.</summary>
    public IReadOnlyList<Frame>? UserFrames { get; init; }

    /// <summary>Annotations of <see cref="AssistantResponse"/>. Outline mode only.</summary>
    public IReadOnlyList<Frame>? AssistantFrames { get; init; }
}

/// <summary>A service's annotations of one utterance, in MultiWOZ 2.2 form with SGD's actions.</summary>
public sealed record Frame
{
    public required string Service { get; init; }

    public required IReadOnlyList<FrameAction> Actions { get; init; }

    public required IReadOnlyList<SlotSpan> Slots { get; init; }

    /// <summary>On user frames only.</summary>
    public BeliefState? State { get; init; }
}

/// <summary>A dialogue act; <see cref="Slot"/> is "" for acts without one.</summary>
public sealed record FrameAction(string Act, string Slot, IReadOnlyList<string> Values);

/// <summary>
/// Where a slot's value stands in its utterance: [<see cref="Start"/>, <see cref="ExclusiveEnd"/>) in Unicode code points.
/// A value carried over from another slot also names it in <see cref="CopyFrom"/>.
/// </summary>
public sealed record SlotSpan
{
    public required string Slot { get; init; }

    /// <summary>As the utterance has it.</summary>
    public required string Value { get; init; }

    public required int Start { get; init; }

    public required int ExclusiveEnd { get; init; }

    public string? CopyFrom { get; init; }
}

/// <summary>What the user has asked for so far in one service: the accumulation of the user's INFORM and SELECT acts.</summary>
public sealed record BeliefState
{
    public required string ActiveIntent { get; init; }

    /// <summary>Slots of this utterance's REQUEST acts.</summary>
    public required IReadOnlyList<string> RequestedSlots { get; init; }

    /// <summary>Slot to values, in ordinal order of the slots.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> SlotValues { get; init; }
}

/// <summary>A row of the persona file.</summary>
public sealed record Persona
{
    public required string Id { get; init; }

    public required string Description { get; init; }

    /// <summary>-1 is noise.</summary>
    public int ClusterLabel { get; init; } = -1;

    public IReadOnlyList<string> SummaryLabels { get; init; } = [];
}

/// <summary>Where a dialogue comes from and what it cost.</summary>
public sealed record Provenance
{
    public required string Run { get; init; }

    public required int Ordinal { get; init; }

    public required int Attempt { get; init; }

    public required string SeedDialogue { get; init; }

    public required string PersonaId { get; init; }

    public required string Mode { get; init; }

    /// <summary>"aligned" (checked against the outline) or "unverified" (as the model said).</summary>
    public required string Annotations { get; init; }

    public required string Model { get; init; }

    /// <summary>The endpoint's host, or "simulator".</summary>
    public required string Endpoint { get; init; }

    /// <summary>As it was sent; absent where the model does not take it, as with the next three.</summary>
    public double? Temperature { get; init; }

    public double? TopP { get; init; }

    public double? FrequencyPenalty { get; init; }

    public double? PresencePenalty { get; init; }

    public required string PromptVersion { get; init; }

    /// <summary>SHA-256 of the first request, lower-case hexadecimal.</summary>
    public required string RequestHash { get; init; }

    public required int PromptTokens { get; init; }

    public required int CompletionTokens { get; init; }

    /// <summary>US dollars as first paid, repairs included.</summary>
    public required decimal Cost { get; init; }

    /// <summary>The accepted dialogue most like this one when it was accepted; absent for the first.</summary>
    public string? NearestNeighbour { get; init; }

    /// <summary>Cosine with <see cref="NearestNeighbour"/>, six decimals.</summary>
    public double? NearestCosine { get; init; }
}
