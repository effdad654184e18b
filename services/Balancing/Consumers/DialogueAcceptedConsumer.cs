using DialogueMesh.Contracts.Messages;
using MassTransit;

namespace DialogueMesh.Balancing.Consumers;

internal sealed class DialogueAcceptedConsumer(RunRegistry runs) : IConsumer<DialogueAccepted>
{
    public Task Consume(ConsumeContext<DialogueAccepted> context) =>
        runs.HandleAsync(context.Message.RunId, context, run => run.On(context.Message));
}
