using System.Text.Json.Serialization;
using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Contracts.Runs;

namespace DialogueMesh.Dataset.History;

/// <summary>One thing that happened in a run.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(RunLine), "run")]
[JsonDerivedType(typeof(ExtendedLine), "extended")]
[JsonDerivedType(typeof(ResumedLine), "resumed")]
[JsonDerivedType(typeof(CandidateLine<Dialogue>), "candidate")]
[JsonDerivedType(typeof(DecisionLine), "decision")]
[JsonDerivedType(typeof(FinishedLine), "finished")]
internal abstract record JournalLine
{
    public required DateTimeOffset Time { get; init; }
}

/// <summary>The first line: which run this is.</summary>
internal sealed record RunLine : JournalLine
{
    public required string RunId { get; init; }
    public required RunSpec Spec { get; init; }
}

/// <summary>The run has a larger total from here on.</summary>
internal sealed record ExtendedLine : JournalLine
{
    public required int Total { get; init; }
}

/// <summary>Another process goes on with the run.</summary>
internal sealed record ResumedLine : JournalLine;

/// <summary>
/// An answer has arrived. Written with the whole dialogue; replayed with its labels alone, since memory holds no dialogues.
/// </summary>
internal sealed record CandidateLine<TDialogue> : JournalLine
{
    public required int Ordinal { get; init; }
    public required int Attempt { get; init; }
    public required Usage Usage { get; init; }
    public required double Milliseconds { get; init; }
    public required TDialogue Dialogue { get; init; }
}

/// <summary>A candidate is accepted, or rejected: by the gate in a round, or before it (then without a round).</summary>
internal sealed record DecisionLine : JournalLine
{
    public required int Ordinal { get; init; }
    public required int Attempt { get; init; }
    public int? Round { get; init; }
    public required bool Accepted { get; init; }

    /// <summary>Of the accepted: SHA-256 of the canonical text.</summary>
    public string? Hash { get; init; }

    /// <summary>Of the accepted: little-endian float32.</summary>
    public byte[]? Vector { get; init; }

    /// <summary>The ordinal of the accepted dialogue most like this one.</summary>
    public int? Nearest { get; init; }

    public double? Cosine { get; init; }

    /// <summary>The dialogue of an earlier dataset that it is turned down for.</summary>
    public string? Earlier { get; init; }

    /// <summary>Its cosine; absent where the words are the same.</summary>
    public double? EarlierCosine { get; init; }

    public Stage? Stage { get; init; }
    public RejectionReason? Reason { get; init; }
    public string? Detail { get; init; }

    /// <summary>What a candidate cost that never arrived.</summary>
    public Usage? Usage { get; init; }
}

/// <summary>The run ended; it can be resumed all the same.</summary>
internal sealed record FinishedLine : JournalLine
{
    public required RunOutcome Outcome { get; init; }
    public required string Detail { get; init; }
    public required int Accepted { get; init; }
}
