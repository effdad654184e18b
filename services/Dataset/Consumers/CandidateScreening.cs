using DialogueMesh.Contracts.Messages;
using DialogueMesh.Dataset.Files;
using MassTransit;

namespace DialogueMesh.Dataset.Consumers;

/// <summary>Gives a screened candidate to the gate, and publishes what the gate could decide.</summary>
internal sealed class CandidateScreening(RunSessions sessions) : IConsumer<DialogueScreened>
{
    public Task Consume(ConsumeContext<DialogueScreened> context)
    {
        var screened = context.Message;
        var session = sessions.Find(screened.RunId);
        var recorded = session?.Screen(screened) ?? Recorded.Nothing;
        return context.PublishOutcome(screened.RunId, session, recorded);
    }
}
