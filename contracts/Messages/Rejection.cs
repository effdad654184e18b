using System.Text.Json.Serialization;

namespace DialogueMesh.Contracts.Messages;

/// <summary>Where a candidate was turned down.</summary>
public enum Stage
{
    Generation,
    Moderation,
    Dedup,
}

/// <summary>Every reason for which a candidate is turned down.</summary>
public enum RejectionReason
{
    /// <summary>The answer is no JSON, or not of the schema asked for.</summary>
    Unparsable,

    /// <summary>The model declined to answer.</summary>
    Refused,

    /// <summary>The endpoint's content filter cut the answer.</summary>
    ContentFiltered,

    /// <summary>The answer ran into the token limit.</summary>
    Truncated,

    /// <summary>The number of exchanges is not the one asked for, or out of the cell's range.</summary>
    WrongTurnCount,

    /// <summary>A planned value is missing from its utterance, after repair.</summary>
    Misaligned,

    EmptyTurn,
    RepeatedTurn,

    /// <summary>A template's placeholder is left in the text.</summary>
    Placeholder,

    /// <summary>The model speaks of itself, or of its instructions.</summary>
    ModelLeakage,

    /// <summary>The moderation endpoint flagged it.</summary>
    Flagged,

    /// <summary>The same canonical text was accepted before.</summary>
    Duplicate,

    /// <summary>Cosine with an accepted dialogue at or above the threshold.</summary>
    NearDuplicate,

    /// <summary>The same canonical text is in an earlier dataset that the run is compared with.</summary>
    EarlierDuplicate,

    /// <summary>Cosine with a dialogue of an earlier dataset at or above the threshold.</summary>
    EarlierNearDuplicate,
}

/// <summary>Tokens and US dollars, as first paid, also where the answer comes from a cache; calls are those that were made.</summary>
public readonly record struct Usage(long PromptTokens, long CompletionTokens, decimal Cost, int Calls)
{
    /// <summary>Answers that a cache gave.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int CacheHits { get; init; }

    /// <summary>The part of <see cref="Cost"/> that those had cost when they were first asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public decimal Saved { get; init; }

    /// <summary>What was paid now.</summary>
    [JsonIgnore]
    public decimal Paid => Cost - Saved;

    public static Usage operator +(Usage a, Usage b) => new(
        a.PromptTokens + b.PromptTokens, a.CompletionTokens + b.CompletionTokens, a.Cost + b.Cost, a.Calls + b.Calls)
    {
        CacheHits = a.CacheHits + b.CacheHits,
        Saved = a.Saved + b.Saved,
    };
}
