using DialogueMesh.Contracts.Messages;
using MassTransit;

namespace DialogueMesh.Balancing.Consumers;

internal sealed class StartRunConsumer(RunRegistry runs) : IConsumer<StartRun>
{
    public Task Consume(ConsumeContext<StartRun> context)
    {
        var start = context.Message;
        runs.Start(start);
        return context.Publish(new OpenRun
        {
            RunId = start.RunId,
            Spec = start.Spec,
            Limits = start.Limits,
            Total = start.Total,
            Forecast = start.Forecast,
        });
    }
}
