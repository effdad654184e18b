using System.Text.Json;
using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Dataset;
using DialogueMesh.Dedup;
using DialogueMesh.Dedup.Fingerprints;
using DialogueMesh.Embedding.Static;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DialogueMesh.Tests.Dataset;

/// <summary>Dedup and Dataset on a bus, with a feed in place of Balancing, Generation and Moderation.</summary>
public sealed class DatasetPipelineTests
{
    private const int Total = 12;

    [Fact]
    public async Task Bus_RunWithCopies_WritesTotalUniqueDialogues()
    {
        using var folder = new DatasetFolder();
        var written = await RunAsync(folder, Open());
        Assert.Equal((RunOutcome.Complete, 4), (written.Outcome, written.Files.Count));
        var dialogues = JsonSerializer.Deserialize<List<Dialogue>>(File.ReadAllText(folder.Options.OutputFile), DialogueJson.Indented)!;
        Assert.Equal(Total, dialogues.Count);
        Assert.Contains(dialogues, d => d.Provenance.Attempt > 0);
        Assert.Equal(
            dialogues.Select(d => Fingerprint.Of(CanonicalText.Of(Utterances(d)))),
            JsonSerializer.Deserialize<string[]>(File.ReadAllText(folder.Options.HashFile))!);
        var again = await RunAsync(folder, Open());
        Assert.Equal(RunOutcome.Complete, again.Outcome);
    }

    [Fact]
    public async Task Bus_JournalOfAnotherRun_FaultsTheRun()
    {
        using var folder = new DatasetFolder();
        await RunAsync(folder, Open());
        var written = await RunAsync(folder, Open() with { RunId = "otherotherot" });
        Assert.Equal((RunOutcome.Faulted, 0), (written.Outcome, written.Files.Count));
        Assert.Contains("otherotherot", written.Detail, StringComparison.Ordinal);
    }

    private static OpenRun Open()
    {
        var spec = World.Spec(Total) with { Encoder = StaticEncoder.BuiltIn.Id, SimilarityThreshold = 0.9 };
        return new OpenRun { RunId = RunSpecId.Of(spec), Spec = spec, Limits = World.Limits, Total = Total };
    }

    private static async Task<DatasetWritten> RunAsync(DatasetFolder folder, OpenRun open)
    {
        var feed = new FeedState();
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(feed)
            .AddDedup()
            .AddDataset()
            .Configure<DatasetOptions>(options =>
            {
                options.OutputFile = folder.Options.OutputFile;
                options.HashFile = folder.Options.HashFile;
                options.EmbeddingFile = folder.Options.EmbeddingFile;
                options.ManifestFile = folder.Options.ManifestFile;
                options.JournalFile = folder.Options.JournalFile;
            })
            .AddMassTransit(bus =>
            {
                bus.DisableUsageTelemetry();
                bus.AddDedup();
                bus.AddDataset();
                bus.AddConsumer<FeedConsumer>().Endpoint(endpoint => endpoint.ConcurrentMessageLimit = 1);
                bus.UsingInMemory((context, memory) => memory.ConfigureEndpoints(context));
            });
        await using var provider = services.BuildServiceProvider();
        var control = provider.GetRequiredService<IBusControl>();
        await control.StartAsync(TestContext.Current.CancellationToken);
        await control.Publish(open, TestContext.Current.CancellationToken);
        var written = await feed.Written.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await control.StopAsync(TestContext.Current.CancellationToken);
        return written;
    }

    private static IReadOnlyList<string> Utterances(Dialogue dialogue) =>
        [.. dialogue.Turns.SelectMany(turn => new[] { turn.Utterance, turn.AssistantResponse })];

    private sealed class FeedState
    {
        public World World { get; } = new(4);

        public int Accepted { get; set; }

        public TaskCompletionSource<DatasetWritten> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class FeedConsumer(FeedState feed) : IConsumer<RunOpened>, IConsumer<DialogueGenerated>,
        IConsumer<DialogueRejected>, IConsumer<DialogueAccepted>, IConsumer<RunFaulted>, IConsumer<DatasetWritten>
    {
        public async Task Consume(ConsumeContext<RunOpened> context)
        {
            var opened = context.Message;
            feed.Accepted = opened.Accepted.Count;
            foreach (var ordinal in Enumerable.Range(0, Total).Except(opened.Accepted))
            {
                await IssueAsync(context, opened.RunId, ordinal, 0);
            }

            await EndWhenAllAsync(context, opened.RunId);
        }

        public Task Consume(ConsumeContext<DialogueGenerated> context) => context.Publish(new DialogueCleared
        {
            RunId = context.Message.RunId,
            Ordinal = context.Message.Ordinal,
            Attempt = context.Message.Attempt,
            Utterances = Utterances(context.Message.Dialogue),
        });

        public Task Consume(ConsumeContext<DialogueRejected> context) =>
            IssueAsync(context, context.Message.RunId, context.Message.Ordinal, context.Message.Attempt + 1);

        public Task Consume(ConsumeContext<DialogueAccepted> context)
        {
            feed.Accepted++;
            return EndWhenAllAsync(context, context.Message.RunId);
        }

        public Task Consume(ConsumeContext<RunFaulted> context) => context.Publish(new RunFinished
        {
            RunId = context.Message.RunId,
            Outcome = RunOutcome.Faulted,
            Detail = context.Message.Message,
        });

        public Task Consume(ConsumeContext<DatasetWritten> context)
        {
            feed.Written.TrySetResult(context.Message);
            return Task.CompletedTask;
        }

        private Task EndWhenAllAsync(ConsumeContext context, string runId) =>
            feed.Accepted == Total ? context.Publish(DatasetFolder.Finished(runId)) : Task.CompletedTask;

        private Task IssueAsync(ConsumeContext context, string runId, int ordinal, int attempt) =>
            feed.World.TurnedDownBy(ordinal, attempt) is { } stage
                ? context.Publish(new DialogueRejected
                {
                    RunId = runId,
                    Ordinal = ordinal,
                    Attempt = attempt,
                    Stage = stage,
                    Reason = RejectionReason.Flagged,
                    Detail = "",
                })
                : context.Publish(new DialogueGenerated
                {
                    RunId = runId,
                    Ordinal = ordinal,
                    Attempt = attempt,
                    Dialogue = feed.World.Dialogue(runId, ordinal, attempt),
                    Usage = new Usage(1, 1, 0, 1),
                    Milliseconds = 1,
                });
    }
}
