using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Dataset;
using DialogueMesh.Dataset.Files;
using DialogueMesh.Dataset.Gate;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace DialogueMesh.Tests.Dataset;

/// <summary>Runs with a folder each, which outlive the process that holds them.</summary>
public sealed class RunFoldersTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("dialoguemesh-").FullName;

    [Fact]
    public void Find_RunOfAnotherProcess_OpensItsJournalAsItWasStarted()
    {
        var open = Open(seed: 1);
        using (var first = Sessions())
        {
            Assert.IsType<Opening.Opened>(first.Open(open));
        }

        using var next = Sessions();

        Assert.Equal(open.RunId, Assert.Single(next.Running(runId: null)).RunId);
        Assert.Equal(open.Limits, next.Find(open.RunId)!.Start.Limits);
    }

    [Fact]
    public void End_Run_IsNotTakenUpAgainAndTellsHowItEnded()
    {
        var open = Open(seed: 2);
        using (var first = Sessions())
        {
            var session = Assert.IsType<Opening.Opened>(first.Open(open)).Session;
            first.End(session.Finish(DatasetFolder.Finished(open.RunId, RunOutcome.Incomplete)).Written);
        }

        using var next = Sessions();

        Assert.Empty(next.Running(runId: null));
        Assert.Null(next.Find(open.RunId));
        Assert.Equal(RunOutcome.Incomplete, FinishedRuns.Find(root, open.RunId)!.Written!.Outcome);
        Assert.Equal(RunOutcome.Incomplete, FinishedRuns.All(root)[open.RunId]!.Outcome);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../../../tmp")]
    [InlineData("ABCDEF012345")]
    public void Open_IdOfSomeoneElsesMaking_IsRefused(string runId)
    {
        using var sessions = Sessions();
        Assert.Contains("is no run's id", Assert.IsType<Opening.Refused>(sessions.Open(Open(seed: 3) with { RunId = runId })).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(root));
    }

    [Fact]
    public void Running_StartFileBroken_IsAFaultThatNamesIt()
    {
        var open = Open(seed: 4);
        using (var first = Sessions())
        {
            first.Open(open);
        }

        File.WriteAllText(Path.Combine(root, open.RunId, "start.json"), "{");
        using var next = Sessions();
        Assert.Contains("start.json is broken", Assert.Throws<InputException>(() => next.Running(runId: null)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private static OpenRun Open(long seed)
    {
        var spec = World.Spec(5) with { Seed = seed };
        return new OpenRun { RunId = RunSpecId.Of(spec), Spec = spec, Limits = World.Limits, Total = 5 };
    }

    private RunSessions Sessions() => new(
        Microsoft.Extensions.Options.Options.Create(new DatasetOptions { Root = root }), new EarlierDialogues(), TimeProvider.System, NullLogger<RunSessions>.Instance);
}
