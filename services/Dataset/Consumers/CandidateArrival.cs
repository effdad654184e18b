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
        var session = sessions.Find(generated.RunId);
        var recorded = session?.Arrive(generated) ?? Recorded.Nothing;
        if (recorded.IsNew)
        {
            await context.Publish(Journalled(generated), context.CancellationToken);
        }

        await context.PublishOutcome(generated.RunId, session, recorded);
    }

    private static CandidateJournalled Journalled(DialogueGenerated generated) => new()
    {
        RunId = generated.RunId,
        Ordinal = generated.Ordinal,
        Attempt = generated.Attempt,
        Usage = generated.Usage,
    };
}
