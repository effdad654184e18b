using DialogueMesh.Contracts.Messages;
using DialogueMesh.Generation.Writing;
using MassTransit;

namespace DialogueMesh.Generation.Consumers;

internal sealed class BlueprintReadyConsumer(DialogueWriter writer, TimeProvider time) : IConsumer<BlueprintReady>
{
    public async Task Consume(ConsumeContext<BlueprintReady> context)
    {
        var message = context.Message;
        var start = time.GetTimestamp();
        var outcome = await writer.WriteAsync(message, context.CancellationToken);
        await (outcome switch
        {
            WritingOutcome.Written(var dialogue, var usage) => context.Publish(new DialogueGenerated
            {
                RunId = message.RunId,
                Ordinal = message.Ordinal,
                Attempt = message.Attempt,
                Dialogue = dialogue,
                Usage = usage,
                Milliseconds = time.GetElapsedTime(start).TotalMilliseconds,
            }),
            WritingOutcome.Rejected(var reason, var detail, var usage) => context.Publish(new DialogueRejected
            {
                RunId = message.RunId,
                Ordinal = message.Ordinal,
                Attempt = message.Attempt,
                Stage = Stage.Generation,
                Reason = reason,
                Detail = detail,
                Usage = usage,
            }),
            WritingOutcome.Unavailable(var fault) => context.Publish(new RunFaulted { RunId = message.RunId, Message = fault }),
            _ => throw new InvalidOperationException($"unknown outcome {outcome}"),
        });
    }
}
