using DialogueMesh.Contracts.Messages;
using MassTransit;

namespace DialogueMesh.Balancing.Consumers;

internal sealed class RunFaultedConsumer(RunRegistry runs) : IConsumer<RunFaulted>
{
    public Task Consume(ConsumeContext<RunFaulted> context) => runs.FaultAsync(context);
}
