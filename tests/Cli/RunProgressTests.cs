using DialogueMesh.Cli.Display;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Contracts.Randomness;
using Xunit;

namespace DialogueMesh.Tests.Cli;

public class RunProgressTests
{
    private readonly ManualTime time = new();
    private readonly RunProgress progress;

    public RunProgressTests() => progress = new(time);

    [Fact]
    public void Snapshot_AcceptedAtAnEvenPace_GivesRateAndEta()
    {
        progress.On(Opened(100));
        for (var ordinal = 0; ordinal < 40; ordinal++)
        {
            time.Advance(0.5);
            progress.On(Accepted(ordinal));
        }

        var now = progress.Snapshot();

        Assert.Equal(40, now.Accepted);
        Assert.Equal(2, now.Rate, 0.1);
        Assert.Equal(30, now.Remaining!.Expected.TotalSeconds, 2.0);
        Assert.Equal(20, now.Elapsed.TotalSeconds, 3);
    }

    [Fact]
    public void Snapshot_PaceChanges_FollowsTheLastSeconds()
    {
        progress.On(Opened(1000));
        for (var ordinal = 0; ordinal < 100; ordinal++)
        {
            time.Advance(0.1);
            progress.On(Accepted(ordinal));
        }

        for (var ordinal = 100; ordinal < 120; ordinal++)
        {
            time.Advance(1);
            progress.On(Accepted(ordinal));
        }

        Assert.Equal(1, progress.Snapshot().Rate, 0.1);
    }

    [Fact]
    public void Snapshot_NothingAcceptedForLong_EstimatesByTheMeanOfTheStart()
    {
        progress.On(Opened(20));
        time.Advance(10);
        Enumerable.Range(0, 10).ToList().ForEach(ordinal => progress.On(Accepted(ordinal)));
        time.Advance(90);

        var now = progress.Snapshot();

        Assert.Equal(0, now.Rate);
        Assert.Equal(100, now.Remaining!.Expected.TotalSeconds, 3);
        Assert.Null(now.Remaining.Latest);
    }

    [Theory]
    [InlineData(1, 4.0)]
    [InlineData(1, 0.8)]
    [InlineData(6, 2.0)]
    public void Remaining_PaceByChance_HoldsTheEndNineTimesOfTen(int burst, double burstsPerSecond)
    {
        const int Runs = 400;
        var random = new SeededRandom("eta", burst);
        var held = Enumerable.Range(0, Runs).Count(_ => EndIsHeld(random, burst, burstsPerSecond, watched: 20, left: 120));

        Assert.InRange(held, 0.82 * Runs, 0.97 * Runs);
    }

    [Fact]
    public void Snapshot_ManyCandidatesAwaitTheirDecision_DoNotRaiseTheProjectedCost()
    {
        progress.On(Opened(100));
        for (var ordinal = 0; ordinal < 40; ordinal++)
        {
            progress.On(Journalled(ordinal, 0));
        }

        progress.On(Accepted(0));
        progress.On(Rejected(1, 0, Stage.Dedup, RejectionReason.NearDuplicate, default));

        Assert.Equal(0.5m * 2 * 100, progress.Snapshot().ProjectedCost);
    }

    [Fact]
    public void Snapshot_BeforeAnything_PromisesNothing()
    {
        var now = progress.Snapshot();

        Assert.Equal((0, 0, 0.0), (now.Total, now.Accepted, now.Rate));
        Assert.Null(now.Remaining);
        Assert.Null(now.ProjectedCost);
    }

    [Fact]
    public void On_SameMessagesTwiceAndOutOfOrder_CountsEachOnce()
    {
        progress.On(Opened(10));
        for (var delivery = 0; delivery < 2; delivery++)
        {
            progress.On(Accepted(0));
            progress.On(Journalled(0, 0));
            progress.On(Rejected(1, 0, Stage.Moderation, RejectionReason.Placeholder, default));
            progress.On(Journalled(1, 0));
            progress.On(Rejected(1, 1, Stage.Generation, RejectionReason.Unparsable, new(7, 3, 0.25m, 2)));
            progress.On(Opened(10));
        }

        time.Advance(10);
        var now = progress.Snapshot();

        Assert.Equal(0.1, now.Rate, 6);
        Assert.Equal((1, 2, 3L), (now.Accepted, now.Rejected, now.Candidates));
        Assert.Equal(new Usage(7 + (2 * 100), 3 + (2 * 50), 0.25m + (2 * 0.5m), 2 + 2), now.Usage);
    }

    [Fact]
    public void On_ResumedRun_StartsFromWhatTheJournalHas()
    {
        progress.On(Opened(10) with { Accepted = [0, 1, 2], Pending = [5], Candidates = 9, Usage = new(90, 10, 3m, 9) });

        // Screened again: its answer was counted by the start that paid for it, its next attempt is new.
        progress.On(Journalled(5, 0));
        progress.On(Rejected(5, 0, Stage.Dedup, RejectionReason.NearDuplicate, default));
        progress.On(Journalled(5, 1));
        progress.On(Accepted(5));
        var now = progress.Snapshot();

        Assert.Equal((4, 10L, 3.5m), (now.Accepted, now.Candidates, now.Usage.Cost));
        Assert.Equal(3.5m / 4 * 10, now.ProjectedCost);
    }

    [Fact]
    public void On_Extension_RaisesTheTotal()
    {
        progress.On(Opened(10));
        progress.On(Opened(25));

        Assert.Equal(25, progress.Snapshot().Total);
    }

    [Fact]
    public void Snapshot_Rejections_ComeByFrequency()
    {
        progress.On(Opened(10));
        progress.On(Rejected(0, 0, Stage.Moderation, RejectionReason.Flagged, default));
        progress.On(Rejected(1, 0, Stage.Dedup, RejectionReason.NearDuplicate, default));
        progress.On(Rejected(2, 0, Stage.Dedup, RejectionReason.NearDuplicate, default));

        Assert.Equal("3 (near-duplicate 2, flagged 1)", Figures.Rejected(progress.Snapshot()));
    }

    /// <summary>Whether what is foretold after a while holds the end that comes; bursts come by chance alone.</summary>
    private static bool EndIsHeld(SeededRandom random, int burst, double burstsPerSecond, double watched, int left)
    {
        var clock = new ManualTime();
        var run = new RunProgress(clock);
        run.On(Opened(100_000));
        var (accepted, now, next) = (0, 0.0, Wait(random, burstsPerSecond));
        for (; next < watched; next += Wait(random, burstsPerSecond))
        {
            clock.Advance(next - now);
            now = next;
            for (var i = 0; i < burst; i++)
            {
                run.On(Accepted(accepted++));
            }
        }

        clock.Advance(watched - now);
        run.On(Opened(accepted + left));
        var eta = run.Snapshot().Remaining!;
        for (var done = burst; done < left; done += burst)
        {
            next += Wait(random, burstsPerSecond);
        }

        var end = TimeSpan.FromSeconds(next - watched);
        return eta.Earliest <= end && (eta.Latest is null || end <= eta.Latest);
    }

    private static double Wait(SeededRandom random, double perSecond) => -Math.Log(1 - random.NextDouble()) / perSecond;

    internal static RunOpened Opened(int total) => new()
    {
        RunId = "r",
        Totals = [total],
        Accepted = [],
        NextAttempts = new Dictionary<int, int>(),
        Pending = [],
        Candidates = 0,
        Usage = default,
    };

    internal static DialogueAccepted Accepted(int ordinal) => new() { RunId = "r", Ordinal = ordinal, Attempt = 0 };

    internal static CandidateJournalled Journalled(int ordinal, int attempt) =>
        new() { RunId = "r", Ordinal = ordinal, Attempt = attempt, Usage = new(100, 50, 0.5m, 1) };

    internal static DialogueRejected Rejected(int ordinal, int attempt, Stage stage, RejectionReason reason, Usage usage) =>
        new() { RunId = "r", Ordinal = ordinal, Attempt = attempt, Stage = stage, Reason = reason, Detail = "", Usage = usage };
}
