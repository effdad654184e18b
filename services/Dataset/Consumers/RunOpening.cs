using DialogueMesh.Contracts.Messages;
using DialogueMesh.Dataset.Files;
using MassTransit;

namespace DialogueMesh.Dataset.Consumers;

/// <summary>Opens a run's journal, tells what is done, and has what was not decided screened again.</summary>
internal sealed class RunOpening(RunSessions sessions) : IConsumer<OpenRun>
{
    public async Task Consume(ConsumeContext<OpenRun> context)
    {
        var open = context.Message;
        switch (sessions.Open(open))
        {
            case Opening.Opened(var session):
                await context.Publish(session.Describe(), context.CancellationToken);
                foreach (var pending in session.Pending())
                {
                    await context.Publish(pending, context.CancellationToken);
                }

                break;
            case Opening.Refused(var message):
                await context.Publish(new RunFaulted { RunId = open.RunId, Message = message }, context.CancellationToken);
                break;
        }
    }
}
