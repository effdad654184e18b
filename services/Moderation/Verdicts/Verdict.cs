using DialogueMesh.Contracts.Messages;
using DialogueMesh.Llm;
using DialogueMesh.Moderation.Policies;

namespace DialogueMesh.Moderation.Verdicts;

/// <summary>What becomes of a candidate.</summary>
internal abstract record Verdict
{
    private Verdict()
    {
    }

    public sealed record Clear(DialogueCleared Message) : Verdict;

    public sealed record Reject(DialogueRejected Message) : Verdict;

    /// <summary>It could not be checked, so nothing may pass.</summary>
    public sealed record Stop(RunFaulted Message) : Verdict;

    /// <param name="candidate">What is judged.</param>
    /// <param name="breach">Of the structure policies.</param>
    /// <param name="moderation">Of the endpoint; null where it was not to be asked.</param>
    public static Verdict Of(DialogueGenerated candidate, Breach? breach, ModerationOutcome? moderation) =>
        (breach, moderation) switch
        {
            ({ } found, _) => Turned(candidate, found.Reason, found.Detail),
            (_, ModerationOutcome.Flagged flagged) =>
                Turned(candidate, RejectionReason.Flagged, string.Join(", ", flagged.Categories)),
            (_, ModerationOutcome.Unavailable unavailable) => new Stop(new RunFaulted
            {
                RunId = candidate.RunId,
                Message = $"Moderation is not available. {unavailable.Message}",
            }),
            _ => new Clear(new DialogueCleared
            {
                RunId = candidate.RunId,
                Ordinal = candidate.Ordinal,
                Attempt = candidate.Attempt,
                Utterances = [.. candidate.Dialogue.Spoken().Select(utterance => utterance.Text)],
            }),
        };

    private static Reject Turned(DialogueGenerated candidate, RejectionReason reason, string detail) => new(new DialogueRejected
    {
        RunId = candidate.RunId,
        Ordinal = candidate.Ordinal,
        Attempt = candidate.Attempt,
        Stage = Stage.Moderation,
        Reason = reason,
        Detail = detail,
    });
}
