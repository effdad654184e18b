using DialogueMesh.Contracts.Messages;
using DialogueMesh.Dataset.Files;
using MassTransit;

namespace DialogueMesh.Dataset.Consumers;

/// <summary>Journals an answer as soon as it is paid for.</summary>
internal sealed class CandidateArrival(RunSessions sessions) : IConsumer<DialogueGenerated>
{
    public async Task Consume(ConsumeContext<DialogueGenerated> context)
    {
        var generated = context.Message;
        var recorded = sessions.Find(generated.RunId)?.Arrive(generated) ?? Recorded.Nothing;
        if (recorded.IsNew)
        {
            await context.Publish(Journalled(generated), context.CancellationToken);
        }

        await context.PublishOutcome(generated.RunId, recorded);
    }

    private static CandidateJournalled Journalled(DialogueGenerated generated) => new()
    {
        RunId = generated.RunId,
        Ordinal = generated.Ordinal,
        Attempt = generated.Attempt,
        Usage = generated.Usage,
    };
}
