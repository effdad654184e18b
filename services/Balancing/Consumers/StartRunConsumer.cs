using DialogueMesh.Contracts.Messages;
using MassTransit;

namespace DialogueMesh.Balancing.Consumers;

internal sealed class StartRunConsumer(RunRegistry runs) : IConsumer<StartRun>
{
    public Task Consume(ConsumeContext<StartRun> context)
    {
        runs.Start(context.Message);
        return context.Publish(OpenRun.Of(context.Message));
    }
}
