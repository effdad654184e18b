using DialogueMesh.Contracts.Messages;
using MassTransit;

namespace DialogueMesh.Balancing.Consumers;

internal sealed class RunOpenedConsumer(RunRegistry runs) : IConsumer<RunOpened>
{
    public Task Consume(ConsumeContext<RunOpened> context) => runs.OpenAsync(context);
}
