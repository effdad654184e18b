using DialogueMesh.Balancing.Runs;
using DialogueMesh.Contracts.Messages;
using Xunit;

namespace DialogueMesh.Tests.Balancing;

public sealed class CancellationTests
{
    [Fact]
    public void Cancel_RunGoingOn_EndsItOnce()
    {
        var (progress, _) = RunProgress.Open(TestSpecs.Start(TestSpecs.Default(), 4), TestSpecs.Opened(4));
        var end = Assert.IsType<Finish>(Assert.Single(progress.On(new CancelRun { RunId = "run" })));
        Assert.Equal((RunOutcome.Incomplete, "stopped by request"), (end.Message.Outcome, end.Message.Detail));
        Assert.Empty(progress.On(new CancelRun { RunId = "run" }));
    }
}
