using DialogueMesh.Balancing.Runs;
using DialogueMesh.Contracts.Messages;
using MassTransit;

namespace DialogueMesh.Balancing.Consumers;

/// <summary>A handler somewhere threw: nothing will answer that message, so its run cannot come to an end by itself.</summary>
internal sealed class FailedHandlingConsumer : IConsumer<Fault<IRunMessage>>
{
    // The broker's address of the failed handler's queue, such as loopback://localhost/moderation, names the stage.
    public Task Consume(ConsumeContext<Fault<IRunMessage>> context) => context.Publish(
        FailedHandling.Describe(
            context.Message.Message.RunId,
            context.SourceAddress?.Segments[^1],
            context.Message.Exceptions.Select(exception => (exception.ExceptionType, exception.Message)).FirstOrDefault()),
        context.CancellationToken);
}
