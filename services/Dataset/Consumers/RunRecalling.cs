using DialogueMesh.Contracts.Messages;
using DialogueMesh.Dataset.Files;
using MassTransit;

namespace DialogueMesh.Dataset.Consumers;

/// <summary>Starts what has not ended again, for whoever has lost it.</summary>
internal sealed class RunRecalling(RunSessions sessions) : IConsumer<RunsWanted>
{
    public async Task Consume(ConsumeContext<RunsWanted> context)
    {
        foreach (var start in sessions.Running(context.Message.RunId))
        {
            await context.Publish(start, context.CancellationToken);
        }
    }
}
