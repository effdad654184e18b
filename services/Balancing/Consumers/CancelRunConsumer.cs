using DialogueMesh.Contracts.Messages;
using MassTransit;

namespace DialogueMesh.Balancing.Consumers;

internal sealed class CancelRunConsumer(RunRegistry runs) : IConsumer<CancelRun>
{
    public Task Consume(ConsumeContext<CancelRun> context) =>
        runs.HandleAsync(context.Message.RunId, context, run => run.On(context.Message));
}
