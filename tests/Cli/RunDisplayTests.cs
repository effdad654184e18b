using DialogueMesh.Cli.Display;
using DialogueMesh.Cli.Display.Rates;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Llm.Counting;
using MassTransit;
using MassTransit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;
using Xunit;

namespace DialogueMesh.Tests.Cli;

public sealed class RunDisplayTests : IDisposable
{
    private readonly ManualTime time = new();
    private readonly StringWriter output = new();
    private readonly RunProgress progress;

    public RunDisplayTests() => progress = new(time);

    public void Dispose() => output.Dispose();

    [Fact]
    public void Line_RunUnderWay_ShowsAllInOneLine()
    {
        var line = PlainDisplay.Line(Snapshot(), ManualTime.Start);

        Assert.Equal(
            "[12:00:00] 42/100 accepted, 18.3/s, ETA 4 s, rejected 5 (near-duplicate 3, misaligned 2), 61,204 tokens, $0.00", line);
    }

    [Fact]
    public void Line_CallsAndCost_StandBesideWhatTheyWillComeTo()
    {
        var activity = new LlmActivity
        {
            Calls = 1234,
            InFlight = 430,
            Waiting = 12,
            Retries = 9,
            RateLimited = 3,
            CallsPerSecond = 48.21,
            TokensPerSecond = 52_000,
            Models = [],
        };
        var line = PlainDisplay.Line(
            Snapshot() with
            {
                Usage = new(50_000, 11_204, 0.94m, 49),
                Activity = activity,
                Remaining = new TimeLeft(TimeSpan.FromSeconds(600), TimeSpan.FromSeconds(480), TimeSpan.FromSeconds(840)),
            },
            ManualTime.Start);

        Assert.Contains("ETA 10 min (8 min to 14 min), ", line);
        Assert.EndsWith("$0.94 of $2.24 projected, 48.2 calls/s, 430 in flight, 12 waiting, 3 × 429, 52,000 tokens/s", line);
    }

    [Fact]
    public async Task Plain_StoppedAtOnce_WritesOneLine()
    {
        progress.On(RunProgressTests.Opened(1));
        progress.On(RunProgressTests.Accepted(0));

        await PlainDisplay.RunAsync(Console(), progress, time, new CancellationToken(canceled: true));

        Assert.Equal("[14:00:00] 1/1 accepted, 0.0/s, ETA 0 s, rejected 0, 0 tokens, $0.00", Assert.Single(Lines()));
    }

    [Fact]
    public async Task Plain_LongRun_WritesALineEveryInterval()
    {
        using var stop = new CancellationTokenSource();
        progress.On(RunProgressTests.Opened(3));

        var display = PlainDisplay.RunAsync(Console(), progress, time, stop.Token);
        for (var tick = 1; tick <= 3; tick++)
        {
            time.Advance(5);
            await Eventually(() => Lines().Length == tick);
        }

        await stop.CancelAsync();
        await display;

        Assert.Equal(["[14:00:05]", "[14:00:10]", "[14:00:15]", "[14:00:15]"], Lines().Select(line => line[..10]));
    }

    [Fact]
    public async Task Live_Terminal_ShowsBarFiguresAndCost()
    {
        var terminal = new Terminal(Console(ansi: true), TextWriter.Null, isLive: true, sharesScreen: true);
        progress.On(RunProgressTests.Opened(4));
        progress.On(RunProgressTests.Journalled(0, 0));
        progress.On(RunProgressTests.Accepted(0));

        await RunDisplay.ShowAsync(terminal, progress, time, new CancellationToken(canceled: true));
        terminal.WriteLogLine("2026-01-31 12:00:00 [INFO] [red]a line[/]");

        var text = output.ToString();
        Assert.All(
            ["1/4 accepted", "100 in, 50 out", "$0.50 of $2.00 projected", "1, 1 calls, 0 retried", "[red]a line[/]"],
            expected => Assert.Contains(expected, text));
    }

    [Fact]
    public void WriteLogLine_OutputRedirected_GoesToTheErrorStream()
    {
        using var error = new StringWriter();

        new Terminal(Console(), error, isLive: false, sharesScreen: false).WriteLogLine("line");

        Assert.Equal("line" + Environment.NewLine, error.ToString());
        Assert.Empty(output.ToString());
    }

    [Fact]
    public void Summary_OutputRedirected_HasNoEscapeSequencesAndNoWrappedPaths()
    {
        var path = $"out/{new string('x', 300)}/generated_dialogues.json";
        var terminal = Terminal.Create(output, TextWriter.Null, isOutputRedirected: true, isErrorRedirected: false);

        RunSummary.Write(terminal.Console, Snapshot(), new RunEnd.Written(Written(RunOutcome.Complete, "") with { Files = [path] }));

        Assert.False(terminal.IsLive);
        Assert.DoesNotContain('\u001b', output.ToString());
        Assert.Contains($"  {path}\n", output.ToString().ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData(1, 1, "regions: 2 values, 1 dialogue each")]
    [InlineData(2, 1, "regions: 2 values, 1–2 dialogues each")]
    [InlineData(1200, 1200, "regions: 2 values, 1,200 dialogues each")]
    public void Spread_Counts_AreNamedByLeastAndGreatest(int first, int second, string expected) =>
        Assert.Equal(expected, RunSummary.Spread("regions", new Dictionary<string, int> { ["a"] = first, ["b"] = second }));

    [Fact]
    public void Summary_Complete_ShowsMarginalsAndFilesWithoutMarkup()
    {
        var written = Written(RunOutcome.Complete, "") with
        {
            Files = ["out/[bold]generated_dialogues.json"],
            Marginals = new Dictionary<string, IReadOnlyDictionary<string, int>>
            {
                ["service_count"] = new Dictionary<string, int> { ["1"] = 30, ["2"] = 70 },
                ["resolution_status"] = new Dictionary<string, int> { ["Failed"] = 33, ["[oops"] = 67 },
                ["regions"] = new Dictionary<string, int> { ["London"] = 1, ["Tokyo"] = 3, ["Paris"] = 2 },
            },
        };

        RunSummary.Write(Console(), Snapshot(), new RunEnd.Written(written));

        var text = output.ToString();
        Assert.All(
            [
                "Complete: 42 dialogues accepted in 12 s.", "Rejected 5 (near-duplicate 3, misaligned 2); 47 candidates",
                "regions: 3 values, 1–3 dialogues each", "[oops", "70.0", "out/[bold]generated_dialogues.json",
            ],
            expected => Assert.Contains(expected, text));
    }

    public static TheoryData<object, int, string> Ends => new()
    {
        { new RunEnd.Written(Written(RunOutcome.Complete, "")), 0, "Complete: 42 dialogues" },
        { new RunEnd.Written(Written(RunOutcome.Incomplete, "3 cells open.")), 1, "Incomplete: 42 of 100 dialogues accepted in 12 s. 3 cells open. Go on with --resume" },
        { new RunEnd.Written(Written(RunOutcome.Faulted, "key refused")), 1, "Stopped by a fault: 42 of 100 dialogues accepted in 12 s. key refused. " },
        { new RunEnd.Faulted("disk full"), 1, "disk full. Go on with --resume." },
        { new RunEnd.Cancelled(), 130, "Interrupted: 42 of 100" },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public void End_EachWay_HasItsCodeAndSentence(object end, int code, string sentence)
    {
        Assert.Equal(code, ((RunEnd)end).Code);
        Assert.Contains(sentence, RunSummary.Outcome(Snapshot(), (RunEnd)end));
    }

    [Fact]
    public async Task Completion_FaultThenWritten_WaitsForTheFiles()
    {
        using var completion = new RunCompletion(time);
        completion.On(new RunFaulted { RunId = "r", Message = "fault" });
        time.Advance(9);
        completion.On(Written(RunOutcome.Faulted, "fault"));

        Assert.IsType<RunEnd.Written>(await completion.WaitAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Completion_FaultAndThenNothing_EndsAfterTheGrace()
    {
        using var completion = new RunCompletion(time);
        completion.On(new RunFaulted { RunId = "r", Message = "fault" });
        var waiting = completion.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);

        time.Advance(10);

        Assert.Equal(new RunEnd.Faulted("fault"), await waiting);
    }

    [Fact]
    public async Task Completion_Cancelled_SaysSo()
    {
        using var completion = new RunCompletion(time);

        Assert.IsType<RunEnd.Cancelled>(await completion.WaitAsync(new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Consumer_MessagesOnTheBus_ReachDisplayAndCompletion()
    {
        await using var services = new ServiceCollection()
            .AddRunDisplay()
            .AddMassTransitTestHarness(bus => bus.AddRunDisplay())
            .BuildServiceProvider(validateScopes: true);
        var bus = await services.StartTestHarness();

        await bus.Bus.Publish(RunProgressTests.Opened(2));
        await bus.Bus.Publish(RunProgressTests.Journalled(0, 0));
        await bus.Bus.Publish(RunProgressTests.Accepted(0));
        await bus.Bus.Publish(RunProgressTests.Rejected(1, 0, Stage.Moderation, RejectionReason.Flagged, default));
        await bus.Bus.Publish(Written(RunOutcome.Incomplete, "budget"));
        var end = await services.GetRequiredService<RunCompletion>().WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal("budget", Assert.IsType<RunEnd.Written>(end).Message.Detail);
        var shown = services.GetRequiredService<RunProgress>();
        await Eventually(() => shown.Snapshot() is { Total: 2, Accepted: 1, Rejected: 1, Candidates: 1 });
    }

    private static ProgressSnapshot Snapshot() => new()
    {
        Total = 100,
        Accepted = 42,
        Rejections = [(RejectionReason.NearDuplicate, 3), (RejectionReason.Misaligned, 2)],
        Candidates = 47,
        Usage = new(50_000, 11_204, 0, 49),
        Decided = 47,
        Rate = 18.3,
        Remaining = new TimeLeft(TimeSpan.FromSeconds(58 / 18.3), null, null),
        Elapsed = TimeSpan.FromSeconds(12),
    };

    private static DatasetWritten Written(RunOutcome outcome, string detail) => new()
    {
        RunId = "r",
        Outcome = outcome,
        Detail = detail,
        Files = [],
        Marginals = new Dictionary<string, IReadOnlyDictionary<string, int>>(),
    };

    private IAnsiConsole Console(bool ansi = false)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = ansi ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = 200;
        return console;
    }

    private string[] Lines() => output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static async Task Eventually(Func<bool> condition)
    {
        for (var attempt = 0; attempt < 500 && !condition(); attempt++)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.True(condition());
    }
}
