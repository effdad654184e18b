namespace DialogueMesh.Llm;

/// <summary>Asks whether texts are harmful; retries what a retry may mend.</summary>
public interface IModerator
{
    /// <summary>All of a dialogue's utterances in one call.</summary>
    Task<ModerationOutcome> CheckAsync(IReadOnlyList<string> utterances, CancellationToken ct);
}

/// <summary>What the moderation endpoint says of a dialogue.</summary>
public abstract record ModerationOutcome
{
    private ModerationOutcome()
    {
    }

    /// <summary>Every utterance was checked and none flagged.</summary>
    public sealed record Clean : ModerationOutcome;

    /// <summary>The categories of all flagged utterances, named as the endpoint names them, in ordinal order.</summary>
    public sealed record Flagged(IReadOnlyList<string> Categories) : ModerationOutcome;

    /// <summary>Not every utterance was checked. One line for the user.</summary>
    public sealed record Unavailable(string Message) : ModerationOutcome;
}
