using DialogueMesh.Contracts.Messages;
using MassTransit;

namespace DialogueMesh.Balancing.Consumers;

internal sealed class CandidateJournalledConsumer(RunRegistry runs) : IConsumer<CandidateJournalled>
{
    public Task Consume(ConsumeContext<CandidateJournalled> context) =>
        runs.HandleAsync(context.Message.RunId, context, run => run.On(context.Message));
}
