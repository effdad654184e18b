using DialogueMesh.Contracts.Messages;
using DialogueMesh.Dataset.Files;
using MassTransit;

namespace DialogueMesh.Dataset.Consumers;

/// <summary>Writes the outputs and lets go of the journal; a fault before the journal was open is answered too.</summary>
internal sealed class RunEnding(RunSessions sessions) : IConsumer<RunFinished>
{
    public async Task Consume(ConsumeContext<RunFinished> context)
    {
        var finished = context.Message;
        if (sessions.Find(finished.RunId) is not { } session)
        {
            if (finished.Outcome == RunOutcome.Faulted)
            {
                await context.Publish(NothingWritten(finished), context.CancellationToken);
            }

            return;
        }

        var (written, fault) = session.Finish(finished);
        if (fault is not null)
        {
            await context.Publish(new RunFaulted { RunId = finished.RunId, Message = fault }, context.CancellationToken);
        }

        // Let go only once it is told: a delivery that fails before is repeated, and finds the run again.
        await context.Publish(written, context.CancellationToken);
        sessions.End(written);
    }

    private static DatasetWritten NothingWritten(RunFinished finished) => new()
    {
        RunId = finished.RunId,
        Outcome = finished.Outcome,
        Detail = finished.Detail,
        Files = [],
        Marginals = new Dictionary<string, IReadOnlyDictionary<string, int>>(),
    };
}
