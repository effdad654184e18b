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
}

/// <summary>Tokens and US dollars.</summary>
public readonly record struct Usage(long PromptTokens, long CompletionTokens, decimal Cost, int Calls)
{
    public static Usage operator +(Usage a, Usage b) => new(
        a.PromptTokens + b.PromptTokens, a.CompletionTokens + b.CompletionTokens, a.Cost + b.Cost, a.Calls + b.Calls);
}
