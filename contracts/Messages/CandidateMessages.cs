using DialogueMesh.Contracts.Blueprints;
using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Runs;

namespace DialogueMesh.Contracts.Messages;

/// <summary>What every message about a candidate carries; handlers are idempotent on it.</summary>
public interface ICandidateMessage : IRunMessage
{
    int Ordinal { get; }

    int Attempt { get; }
}

/// <summary>Balancing to Scenario: make a dialogue for this cell.</summary>
public sealed record PlanDialogue : ICandidateMessage
{
    public required string RunId { get; init; }
    public required int Ordinal { get; init; }
    public required int Attempt { get; init; }
    public required long Seed { get; init; }
    public required GenerationMode Mode { get; init; }
    public required string Model { get; init; }
    public required Cell Cell { get; init; }
}

/// <summary>Scenario to Generation.</summary>
public sealed record BlueprintReady : ICandidateMessage
{
    public required string RunId { get; init; }
    public required int Ordinal { get; init; }
    public required int Attempt { get; init; }
    public required long Seed { get; init; }
    public required GenerationMode Mode { get; init; }
    public required string Model { get; init; }
    public required Blueprint Blueprint { get; init; }
}

/// <summary>Generation to Moderation and to Dataset, which journals it: a candidate has arrived and is paid for.</summary>
public sealed record DialogueGenerated : ICandidateMessage
{
    public required string RunId { get; init; }
    public required int Ordinal { get; init; }
    public required int Attempt { get; init; }
    public required Dialogue Dialogue { get; init; }
    public required Usage Usage { get; init; }

    /// <summary>From the first call to the last answer.</summary>
    public required double Milliseconds { get; init; }
}

/// <summary>A candidate did not make it; its cell is tried again.</summary>
public sealed record DialogueRejected : ICandidateMessage
{
    public required string RunId { get; init; }
    public required int Ordinal { get; init; }
    public required int Attempt { get; init; }
    public required Stage Stage { get; init; }
    public required RejectionReason Reason { get; init; }

    /// <summary>One line: which turn, value, category or neighbour.</summary>
    public required string Detail { get; init; }

    /// <summary>What the candidate cost, where it was not reported by <see cref="DialogueGenerated"/>.</summary>
    public Usage Usage { get; init; }
}

/// <summary>Moderation to Dedup: nothing speaks against this text.</summary>
public sealed record DialogueCleared : ICandidateMessage
{
    public required string RunId { get; init; }
    public required int Ordinal { get; init; }
    public required int Attempt { get; init; }
    public required IReadOnlyList<string> Utterances { get; init; }
}

/// <summary>Dedup to Dataset: what the exact gate compares.</summary>
public sealed record DialogueScreened : ICandidateMessage
{
    public required string RunId { get; init; }
    public required int Ordinal { get; init; }
    public required int Attempt { get; init; }

    /// <summary>SHA-256 of the canonical text, lower-case hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>Unit vector as little-endian float32.</summary>
    public required byte[] Vector { get; init; }
}

/// <summary>Dataset: the dialogue is in the journal.</summary>
public sealed record DialogueAccepted : ICandidateMessage
{
    public required string RunId { get; init; }
    public required int Ordinal { get; init; }
    public required int Attempt { get; init; }
    public string? NearestNeighbour { get; init; }
    public double? NearestCosine { get; init; }
}

/// <summary>Dataset to Balancing: the answer is journalled, so its place in flight is free.</summary>
public sealed record CandidateJournalled : ICandidateMessage
{
    public required string RunId { get; init; }
    public required int Ordinal { get; init; }
    public required int Attempt { get; init; }
    public required Usage Usage { get; init; }
}
