using System.Collections.Concurrent;
using System.Diagnostics;
using DialogueMesh.Balancing.Runs;
using DialogueMesh.Contracts.Messages;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace DialogueMesh.Balancing.Consumers;

/// <summary>
/// The runs that go on in this process; messages of one run are handled one after the other. A run that another process held
/// before is asked for by <see cref="RunsWanted"/>, and what is heard of it until its journal is open is kept.
/// </summary>
internal sealed partial class RunRegistry(ILogger<RunRegistry> logger)
{
    private readonly ConcurrentDictionary<string, Run> runs = new();

    /// <summary>Remembers what was started until its journal is open.</summary>
    public void Start(StartRun start)
    {
        var run = runs.GetOrAdd(start.RunId, _ => new());
        (run.Started, run.HasFaulted, run.IsOver) = (start, false, false);
    }

    /// <summary>Opens a run that was started, once; a run that goes on takes over its new limits and total.</summary>
    public Task OpenAsync(ConsumeContext<RunOpened> context) => ActAsync(context.Message.RunId, context, run =>
    {
        var opened = context.Message;
        if (run.Started is not { } start)
        {
            return [];
        }

        // The start is only taken once it led somewhere: a fault of what follows ends it.
        IReadOnlyList<Step> steps;
        if (run.Progress is { } progress)
        {
            steps = progress.Reopen(start.Limits, opened);
        }
        else
        {
            LogOpened(opened.RunId, opened.Accepted.Count, opened.Totals[^1], opened.Candidates, opened.Usage.Cost);
            (run.Progress, steps) = RunProgress.Open(start, opened);
        }

        run.Started = null;
        return [.. steps, .. run.TakeWaiting().SelectMany(decide => decide(run.Progress))];
    });

    /// <summary>Decides what a message asks for and does it, once the run's journal is open. Those of runs that are over are of the past.</summary>
    public async Task HandleAsync(string runId, ConsumeContext context, Func<RunProgress, IReadOnlyList<Step>> decide)
    {
        if (runs.TryAdd(runId, new()))
        {
            await context.Publish(new RunsWanted { RunId = runId }, context.CancellationToken);
        }

        await ActAsync(runId, context, run =>
        {
            if (run.Progress is { } progress)
            {
                return decide(progress);
            }

            run.Wait(decide);
            return [];
        });
    }

    /// <summary>A run whose journal cannot be opened ends before it began.</summary>
    public Task FaultAsync(ConsumeContext<RunFaulted> context) => ActAsync(context.Message.RunId, context, run =>
    {
        // The first fault is told, whether or not the run still goes on; those that it leads to are not.
        if (!run.HasFaulted)
        {
            LogFaulted(context.Message.RunId, context.Message.Message);
        }

        var started = run.Started is not null;
        (run.Started, run.HasFaulted) = (null, true);
        _ = run.TakeWaiting();
        return run.Progress is { } progress ? progress.On(context.Message)
            : started ? [Finish.Faulted(context.Message)]
            : [];
    });

    private async Task ActAsync(string runId, ConsumeContext context, Func<Run, IReadOnlyList<Step>> decide)
    {
        if (!runs.TryGetValue(runId, out var run))
        {
            return;
        }

        await run.Turn.WaitAsync(context.CancellationToken);
        try
        {
            foreach (var step in decide(run))
            {
                run.Unpublished.Enqueue(step);
            }

            // A step leaves the queue once it is published: where publishing fails, the next delivery takes it up again.
            while (run.Unpublished.TryPeek(out var step))
            {
                await PublishAsync(step, run, context);
                run.Unpublished.Dequeue();
            }
        }
        finally
        {
            run.Turn.Release();
        }
    }

    private async Task PublishAsync(Step step, Run run, ConsumeContext context)
    {
        switch (step)
        {
            case IssueCell issue:
                await context.Publish(issue.Message, context.CancellationToken);
                break;
            case Finish finish:
                await context.Publish(finish.Message, context.CancellationToken);
                LogFinished(finish.Message.RunId, finish.Message.Outcome, finish.Message.Outcome == RunOutcome.Faulted ? "" : finish.Message.Detail);
                (run.Progress, run.IsOver) = (null, true);
                break;
            default:
                throw new UnreachableException($"No action for {step}.");
        }
    }

    [LoggerMessage(LogLevel.Information,
        "Run {RunId} opened: {Accepted} of {Total} accepted, {Candidates} candidates and ${Cost} spent so far")]
    private partial void LogOpened(string runId, int accepted, int total, long candidates, decimal cost);

    [LoggerMessage(LogLevel.Error, "Run {RunId} stops: {Message}")]
    private partial void LogFaulted(string runId, string message);

    [LoggerMessage(LogLevel.Information, "Run {RunId} issues no more candidates: {Outcome} {Detail}")]
    private partial void LogFinished(string runId, RunOutcome outcome, string detail);

    private sealed class Run
    {
        /// <summary>A start that waits for its journal to be opened.</summary>
        public StartRun? Started { get; set; }

        public RunProgress? Progress { get; set; }

        /// <summary>Since it was last started.</summary>
        public bool HasFaulted { get; set; }

        /// <summary>Ended here; what still comes says nothing new.</summary>
        public bool IsOver { get; set; }

        public Queue<Step> Unpublished { get; } = new();

        public SemaphoreSlim Turn { get; } = new(1);

        private List<Func<RunProgress, IReadOnlyList<Step>>> waiting = [];

        /// <summary>Keeps what a message asks for until the journal is open.</summary>
        public void Wait(Func<RunProgress, IReadOnlyList<Step>> decide)
        {
            if (!IsOver && !HasFaulted)
            {
                waiting.Add(decide);
            }
        }

        public List<Func<RunProgress, IReadOnlyList<Step>>> TakeWaiting() => Interlocked.Exchange(ref waiting, []);
    }
}
