using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Dataset.Files;
using DialogueMesh.Dataset.History;
using MassTransit;

namespace DialogueMesh.Dataset.Consumers;

/// <summary>Tells the others what has been journalled.</summary>
internal static class OutcomePublishing
{
    public static async Task PublishOutcome(this ConsumeContext context, string runId, RunSession? session, Recorded recorded)
    {
        foreach (var line in recorded.Decisions)
        {
            await (line.Accepted
                ? context.Publish(Accepted(runId, line), context.CancellationToken)
                : context.Publish(Rejected(runId, line), context.CancellationToken));
            session!.Told();
        }

        if (recorded.Fault is { } fault)
        {
            await context.Publish(new RunFaulted { RunId = runId, Message = fault }, context.CancellationToken);
        }
    }

    private static DialogueAccepted Accepted(string runId, DecisionLine line) => new()
    {
        RunId = runId,
        Ordinal = line.Ordinal,
        Attempt = line.Attempt,
        NearestNeighbour = line.Nearest is { } nearest ? DialogueName.Of(runId, nearest) : null,
        NearestCosine = line.Cosine is { } cosine ? Math.Round(cosine, 6) : null,
    };

    private static DialogueRejected Rejected(string runId, DecisionLine line) => new()
    {
        RunId = runId,
        Ordinal = line.Ordinal,
        Attempt = line.Attempt,
        Stage = line.Stage!.Value,
        Reason = line.Reason!.Value,
        Detail = line.Detail ?? "",
    };
}
