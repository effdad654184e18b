using System.Collections.Concurrent;
using DialogueMesh.Balancing;
using DialogueMesh.Contracts.Messages;
using MassTransit;
using MassTransit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DialogueMesh.Tests.Balancing;

public sealed class BalancingServiceTests
{
    [Fact]
    public async Task StartRun_WithRejectionsOnTheWay_EndsCompleteWithEveryCellAcceptedOnce()
    {
        const int Total = 200;
        await using var services = Services<FakeMesh>();
        var harness = await services.StartTestHarness();

        await harness.Bus.Publish(TestSpecs.Start(TestSpecs.Default(), Total, parallel: 16));

        var seen = services.GetRequiredService<Seen>();
        var finished = await seen.Finished.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Equal((RunOutcome.Complete, ""), (finished.Outcome, finished.Detail));
        Assert.Equal(Enumerable.Range(0, Total), seen.Accepted.Order());
    }

    [Fact]
    public async Task StartRun_JournalCannotBeOpened_EndsFaultedAndCanBeStartedAgain()
    {
        await using var services = Services<FakeFullDisk>();
        var harness = await services.StartTestHarness();

        await harness.Bus.Publish(TestSpecs.Start(TestSpecs.Default(), 5));
        Assert.True(await harness.Published.Any<RunFinished>(m => m.Context.Message is { Outcome: RunOutcome.Faulted, Detail: "disk full" }));

        await harness.Bus.Publish(TestSpecs.Start(TestSpecs.Default(), 6));
        Assert.True(await harness.Published.Any<PlanDialogue>(m => m.Context.Message.Ordinal == 5));
    }

    [Fact]
    public async Task AnyMessage_OfARunUnknownHere_AsksForItAndIsTakenUpOnceItsJournalIsOpen()
    {
        await using var services = Services<FakeMesh>();
        var harness = await services.StartTestHarness();
        var start = TestSpecs.Start(TestSpecs.Default(), 3);

        await harness.Bus.Publish(new CancelRun { RunId = start.RunId });
        Assert.True(await harness.Published.Any<RunsWanted>(m => m.Context.Message.RunId == start.RunId));
        await harness.Bus.Publish(start);

        var finished = await services.GetRequiredService<Seen>().Finished.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Equal((RunOutcome.Incomplete, "stopped by request"), (finished.Outcome, finished.Detail));
    }

    private static ServiceProvider Services<TConsumer>()
        where TConsumer : class, IConsumer => new ServiceCollection()
        .AddBalancing()
        .AddSingleton<Seen>()
        .AddMassTransitTestHarness(TextWriter.Null, bus =>
        {
            bus.SetTestTimeouts(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(20));
            bus.AddBalancing();
            bus.AddConsumer<TConsumer>();
        })
        .BuildServiceProvider(validateScopes: true);

    private sealed class Seen
    {
        public ConcurrentBag<int> Accepted { get; } = [];

        public TaskCompletionSource<RunFinished> Finished { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>The rest of the mesh: turns down every third cell once, here or there.</summary>
    private sealed class FakeMesh(Seen seen) : IConsumer<OpenRun>, IConsumer<PlanDialogue>, IConsumer<RunFinished>
    {
        public Task Consume(ConsumeContext<RunFinished> context)
        {
            seen.Finished.SetResult(context.Message);
            return Task.CompletedTask;
        }

        public Task Consume(ConsumeContext<OpenRun> context) => context.Publish(TestSpecs.Opened(context.Message.Total));

        public async Task Consume(ConsumeContext<PlanDialogue> context)
        {
            var (run, ordinal, attempt) = (context.Message.RunId, context.Message.Ordinal, context.Message.Attempt);
            if (attempt == 0 && ordinal % 3 == 0)
            {
                await context.Publish(new DialogueRejected
                {
                    RunId = run,
                    Ordinal = ordinal,
                    Attempt = attempt,
                    Stage = Stage.Generation,
                    Reason = RejectionReason.Unparsable,
                    Detail = "",
                });
                return;
            }

            seen.Accepted.Add(ordinal);
            await context.Publish(new CandidateJournalled { RunId = run, Ordinal = ordinal, Attempt = attempt, Usage = default });
            await context.Publish(new DialogueAccepted { RunId = run, Ordinal = ordinal, Attempt = attempt });
        }
    }

    private sealed class FakeFullDisk : IConsumer<OpenRun>
    {
        public Task Consume(ConsumeContext<OpenRun> context) => context.Message.Total == 5
            ? context.Publish(new RunFaulted { RunId = context.Message.RunId, Message = "disk full" })
            : context.Publish(TestSpecs.Opened(context.Message.Total));
    }
}
