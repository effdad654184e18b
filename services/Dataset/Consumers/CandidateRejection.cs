using DialogueMesh.Contracts.Messages;
using DialogueMesh.Dataset.Files;
using MassTransit;

namespace DialogueMesh.Dataset.Consumers;

/// <summary>Journals what Generation and Moderation turn down.</summary>
internal sealed class CandidateRejection(RunSessions sessions) : IConsumer<DialogueRejected>
{
    public Task Consume(ConsumeContext<DialogueRejected> context)
    {
        var rejected = context.Message;
        var session = sessions.Find(rejected.RunId);
        var recorded = session?.TurnDown(rejected) ?? Recorded.Nothing;
        return context.PublishOutcome(rejected.RunId, session, recorded);
    }
}
