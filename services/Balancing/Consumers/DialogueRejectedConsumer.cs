using DialogueMesh.Contracts.Messages;
using MassTransit;

namespace DialogueMesh.Balancing.Consumers;

internal sealed class DialogueRejectedConsumer(RunRegistry runs) : IConsumer<DialogueRejected>
{
    public Task Consume(ConsumeContext<DialogueRejected> context) =>
        runs.HandleAsync(context.Message.RunId, context, run => run.On(context.Message));
}
