using DialogueMesh.Balancing.Runs;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Contracts.Randomness;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace DialogueMesh.Tests.Balancing;

public sealed class RunProgressTests
{
    private static readonly Gen<Troubles> AnyTroubles =
        from generation in Gen.Choose(0, 50)
        from moderation in Gen.Choose(0, 40)
        from duplicate in Gen.Choose(0, 50)
        from repeated in Gen.Choose(0, 100)
        select new Troubles(generation / 100.0, moderation / 100.0, duplicate / 100.0, repeated / 100.0);

    [Fact]
    public void Run_AnyOrderAndRepeats_EndsCompleteWithEveryCellAcceptedOnce() =>
        Check(150, from total in Gen.Choose(0, 60)
                   from parallel in Gen.Choose(1, 70)
                   select (TestSpecs.Start(TestSpecs.Default(), total, parallel), TestSpecs.Opened(total)), mesh =>
        {
            Assert.Equal(RunOutcome.Complete, mesh.Finished!.Outcome);
            Assert.Equal(mesh.Total, mesh.Accepted.Count);
        });

    [Fact]
    public void Reopen_JournalKnowsMoreThanWasTold_GoesOnFromThere()
    {
        var start = TestSpecs.Start(TestSpecs.Default(), 4, parallel: 3);
        var (progress, first) = RunProgress.Open(start, TestSpecs.Opened(4));
        Assert.Equal([(0, 0), (1, 0), (2, 0)], Issued(first));
        var opened = TestSpecs.Opened(4) with { Accepted = [0], Pending = [1], NextAttempts = new Dictionary<int, int> { [2] = 1 }, Candidates = 3 };

        var again = progress.Reopen(start.Limits, opened);

        Assert.Equal([(2, 1), (3, 0)], Issued(again));
        Assert.Empty(progress.Reopen(start.Limits, TestSpecs.Opened(4)));
    }

    private static IEnumerable<(int Ordinal, int Attempt)> Issued(IEnumerable<Step> steps) =>
        steps.OfType<IssueCell>().Select(issue => (issue.Message.Ordinal, issue.Message.Attempt));

    [Fact]
    public void Run_CandidateBudget_NeverExceededAndIncompleteOnlyWhenSpent() =>
        Check(150, from total in Gen.Choose(1, 40)
                   from parallel in Gen.Choose(1, 20)
                   from candidates in Gen.Choose(0, 80)
                   select (TestSpecs.Start(TestSpecs.Default(), total, parallel, candidates), TestSpecs.Opened(total)), mesh =>
        {
            if (mesh.Finished!.Outcome == RunOutcome.Complete)
            {
                Assert.Equal(mesh.Total, mesh.Accepted.Count);
            }
            else
            {
                Assert.Equal(RunOutcome.Incomplete, mesh.Finished.Outcome);
                Assert.Equal(mesh.Start.Limits.MaxCandidates, mesh.Candidates);
                Assert.StartsWith($"candidate budget of {mesh.Candidates} spent; ", mesh.Finished.Detail);
                Assert.True(mesh.WasDecided, "ended before the gate had decided what it could");
            }
        });

    [Fact]
    public void Run_ExtendedAndResumedWithABudget_EndsWhateverTheGateWaitsFor() =>
        Check(400, from first in Gen.Choose(1, 15)
                   from second in Gen.Choose(1, 15)
                   from third in Gen.Choose(0, 15)
                   let totals = new[] { first, first + second, first + second + third }.Distinct().ToArray()
                   from states in Gen.ArrayOf(Gen.Choose(0, 4), totals[^1])
                   from attempts in Gen.ArrayOf(Gen.Choose(1, 3), totals[^1])
                   from parallel in Gen.Choose(1, 10)
                   from candidates in Gen.Choose(0, 3 * totals[^1])
                   from allFresh in Gen.Elements(true, false)
                   let cells = Enumerable.Range(0, allFresh ? 0 : totals[^1]).ToList()
                   select (TestSpecs.Start(TestSpecs.Default(), totals[^1], parallel, candidates), TestSpecs.Opened(totals[^1]) with
                   {
                       Totals = totals,
                       Accepted = [.. cells.Where(i => states[i] == 1)],
                       Pending = [.. cells.Where(i => states[i] is 2 or 3)],
                       NextAttempts = cells.Where(i => states[i] is 3 or 4).ToDictionary(i => i, i => attempts[i]),
                   }), mesh =>
        {
            Assert.Equal(mesh.Accepted.Count == mesh.Total, mesh.Finished!.Outcome == RunOutcome.Complete);
            if (mesh.Finished.Outcome == RunOutcome.Incomplete)
            {
                Assert.Equal(mesh.Start.Limits.MaxCandidates, mesh.Candidates);
                Assert.True(mesh.WasDecided || mesh.Opened.NextAttempts.Count > 0, "ended before the gate had decided what it could");
            }
        });

    [Fact]
    public void Incomplete_DuplicateOfTheFirstTotalIsOpen_AnswersOfTheExtensionAreNotWaitedFor()
    {
        var opened = TestSpecs.Opened(4) with { Totals = [2, 4] };
        var (progress, steps) = RunProgress.Open(TestSpecs.Start(TestSpecs.Default(), 4, 4, candidates: 4), opened);
        Assert.Equal(4, Issued(steps).Count);
        for (var ordinal = 0; ordinal < 4; ordinal++)
        {
            Assert.Empty(progress.On(Journalled(ordinal, 0)));
        }

        Assert.Empty(progress.On(new DialogueAccepted { RunId = "run", Ordinal = 0, Attempt = 0 }));

        var finish = Assert.IsType<Finish>(Assert.Single(progress.On(Rejected(1, 0, Stage.Dedup))));

        Assert.Equal(
            "candidate budget of 4 spent; 1 of 4 cells open: 1 (Misaligned); 2 answers were still to be decided", finish.Message.Detail);
    }

    [Fact]
    public void Run_CostBudget_IsNeverPassedAndUsedUpToACandidate() =>
        Check(150, from total in Gen.Choose(1, 40)
                   from parallel in Gen.Choose(1, 10)
                   from cents in Gen.Choose(1, 60)
                   select (TestSpecs.Start(TestSpecs.Default(), total, parallel, cost: cents / 100m), TestSpecs.Opened(total)), mesh =>
        {
            Assert.InRange(mesh.Paid, 0, mesh.Start.Limits.MaxCost!.Value);
            if (mesh.Finished!.Outcome != RunOutcome.Complete)
            {
                Assert.Contains("cost budget of $", mesh.Finished.Detail);
                Assert.True(mesh.Paid + SimulatedMesh.CandidateCost > mesh.Start.Limits.MaxCost);
            }
        });

    [Fact]
    public void Run_Resumed_IssuesOnlyWhatIsMissing() =>
        Check(150, from total in Gen.Choose(1, 50)
                   from states in Gen.ArrayOf(Gen.Choose(0, 3), total)
                   from attempts in Gen.ArrayOf(Gen.Choose(1, 4), total)
                   from parallel in Gen.Choose(1, 20)
                   let cells = Enumerable.Range(0, total).ToList()
                   select (TestSpecs.Start(TestSpecs.Default(), total, parallel), TestSpecs.Opened(total) with
                   {
                       Accepted = [.. cells.Where(i => states[i] == 1)],
                       Pending = [.. cells.Where(i => states[i] == 2)],
                       NextAttempts = cells.Where(i => states[i] >= 2).ToDictionary(i => i, i => attempts[i]),
                       Candidates = 200,
                   }), mesh =>
        {
            Assert.Equal(RunOutcome.Complete, mesh.Finished!.Outcome);
            Assert.Equal(mesh.Total, mesh.Accepted.Count);
            Assert.DoesNotContain(mesh.Issued, plan => mesh.Opened.Accepted.Contains(plan.Ordinal));
            Assert.All(mesh.Issued.Where(plan => mesh.Opened.NextAttempts.ContainsKey(plan.Ordinal)), plan => Assert.InRange(
                plan.Attempt,
                mesh.Opened.NextAttempts[plan.Ordinal] + (mesh.Opened.Pending.Contains(plan.Ordinal) ? 1 : 0), int.MaxValue));
        });

    [Fact]
    public void Issue_FreshCells_InOrderAndRetriesFirst()
    {
        var (progress, steps) = RunProgress.Open(TestSpecs.Start(TestSpecs.Default(), 10, 3), TestSpecs.Opened(10));
        Assert.Equal([(0, 0), (1, 0), (2, 0)], Issued(steps));

        Assert.Equal([(1, 1)], Issued(progress.On(Rejected(1, 0, Stage.Generation))));
        Assert.Empty(progress.On(Rejected(1, 0, Stage.Generation)));
        Assert.Equal([(3, 0)], Issued(progress.On(Journalled(2, 0))));
        Assert.Empty(progress.On(Rejected(2, 0, Stage.Moderation)));
        Assert.Equal([(2, 1)], Issued(progress.On(Journalled(0, 0))));
        Assert.Empty(progress.On(Rejected(3, 0, Stage.Moderation)));
        Assert.Equal([(3, 1)], Issued(progress.On(Journalled(3, 0))));
    }

    [Fact]
    public void Issue_GateStands_StopsBeforeMemoryFillsAndGoesOnForWhatTheGateWaitsFor()
    {
        const int Total = 3 * RunProgress.MostUndecided;
        var (progress, steps) = RunProgress.Open(TestSpecs.Start(TestSpecs.Default(), Total, 64), TestSpecs.Opened(Total));
        var underway = new Queue<(int Ordinal, int Attempt)>(Issued(steps));
        var journalled = 0;
        while (underway.TryDequeue(out var candidate))
        {
            journalled++;
            var next = candidate == (0, 0)
                ? progress.On(Rejected(0, 0, Stage.Generation))
                : progress.On(Journalled(candidate.Ordinal, candidate.Attempt));
            Issued(next).ForEach(underway.Enqueue);
        }

        Assert.InRange(journalled, RunProgress.MostUndecided, RunProgress.MostUndecided + 65);
        var afterwards = Enumerable.Range(0, 200).SelectMany(ordinal =>
            Issued(progress.On(new DialogueAccepted { RunId = "run", Ordinal = ordinal, Attempt = ordinal == 0 ? 1 : 0 })));
        Assert.Equal(64, afterwards.Count());
    }

    [Fact]
    public void Issue_ManyPendingAfterAHole_TheHoleIsFilled()
    {
        const int Total = 2 * RunProgress.MostUndecided;
        var opened = TestSpecs.Opened(Total) with { Pending = [.. Enumerable.Range(2, RunProgress.MostUndecided + 100)] };

        var (_, steps) = RunProgress.Open(TestSpecs.Start(TestSpecs.Default(), Total, 64), opened);

        Assert.Equal([(0, 0), (1, 0)], Issued(steps));
    }

    [Fact]
    public void Incomplete_Detail_NamesBudgetAndCellsWithTheirLastReason()
    {
        var (progress, _) = RunProgress.Open(TestSpecs.Start(TestSpecs.Default(), 9, 2, candidates: 3), TestSpecs.Opened(9));
        Assert.Equal([(0, 1)], Issued(progress.On(Rejected(0, 0, Stage.Generation))));
        Assert.Empty(progress.On(Journalled(1, 0)));

        // The gate does not take 1 before 0, which will not come any more.
        var finish = Assert.IsType<Finish>(Assert.Single(progress.On(Rejected(0, 1, Stage.Generation))));

        Assert.Equal(RunOutcome.Incomplete, finish.Message.Outcome);
        Assert.Equal(
            "candidate budget of 3 spent; 8 of 9 cells open: 0 (Misaligned), 2 (not tried), 3 (not tried), 4 (not tried), " +
            "5 (not tried), …; 1 answers were still to be decided",
            finish.Message.Detail);
    }

    [Fact]
    public void Incomplete_AnswersBeforeTheFirstOpenCell_AreWaitedFor()
    {
        var (progress, _) = RunProgress.Open(TestSpecs.Start(TestSpecs.Default(), 3, 2, candidates: 2), TestSpecs.Opened(3));
        Assert.Empty(progress.On(Journalled(0, 0)));
        Assert.Empty(progress.On(Journalled(1, 0)));
        Assert.Empty(progress.On(new DialogueAccepted { RunId = "run", Ordinal = 0, Attempt = 0 }));

        var steps = progress.On(new DialogueAccepted { RunId = "run", Ordinal = 1, Attempt = 0 });

        var finish = Assert.IsType<Finish>(Assert.Single(steps));
        Assert.Equal("candidate budget of 2 spent; 1 of 3 cells open: 2 (not tried)", finish.Message.Detail);
    }

    [Fact]
    public void RunFaulted_AtOnce_FinishesFaultedAndIssuesNothingMore()
    {
        var (progress, _) = RunProgress.Open(TestSpecs.Start(TestSpecs.Default(), 9, 2), TestSpecs.Opened(9));

        var finish = Assert.IsType<Finish>(Assert.Single(progress.On(new RunFaulted { RunId = "run", Message = "no key" })));

        Assert.Equal(new RunFinished { RunId = "run", Outcome = RunOutcome.Faulted, Detail = "no key" }, finish.Message);
        Assert.Empty(progress.On(Rejected(0, 0, Stage.Generation)));
        Assert.Empty(progress.On(new RunFaulted { RunId = "run", Message = "again" }));
    }

    [Fact]
    public void Reopen_ExtendedWhileRunning_GoesOnWithTheNewCells()
    {
        var start = TestSpecs.Start(TestSpecs.Default(), 2, 8);
        var (progress, steps) = RunProgress.Open(start, TestSpecs.Opened(2));
        Assert.Equal([(0, 0), (1, 0)], Issued(steps));

        Assert.Empty(progress.Reopen(start.Limits, TestSpecs.Opened(2)));
        var more = progress.Reopen(start.Limits, TestSpecs.Opened(2) with { Totals = [2, 4] });

        Assert.Equal([(2, 0), (3, 0)], Issued(more));
    }

    private sealed record Outcome(StartRun Start, RunOpened Opened, SimulatedMesh Mesh)
    {
        public int Total => Opened.Totals[^1];

        public RunFinished? Finished => Mesh.Finished;

        public IReadOnlySet<int> Accepted => Mesh.Accepted;

        public bool WasDecided => Mesh.WasDecided;

        public List<PlanDialogue> Issued => Mesh.Issued;

        public long Candidates => Mesh.Candidates;

        public decimal Paid => Mesh.Paid;
    }

    private static void Check(int tests, Gen<(StartRun Start, RunOpened Opened)> runs, Action<Outcome> holds) =>
        Prop.ForAll(
            (from run in runs from troubles in AnyTroubles from seed in Gen.Choose(0, int.MaxValue) select (run, troubles, seed)).ToArbitrary(),
            given =>
            {
                var mesh = new SimulatedMesh(given.run.Start, given.run.Opened, given.troubles, new SeededRandom("mesh", given.seed));
                mesh.Run();
                holds(new(given.run.Start, given.run.Opened, mesh));
            })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(tests));

    private static List<(int, int)> Issued(IReadOnlyList<Step> steps) =>
        [.. steps.OfType<IssueCell>().Select(issue => (issue.Message.Ordinal, issue.Message.Attempt))];

    private static CandidateJournalled Journalled(int ordinal, int attempt) =>
        new() { RunId = "run", Ordinal = ordinal, Attempt = attempt, Usage = new(1, 1, 0.01m, 1) };

    private static DialogueRejected Rejected(int ordinal, int attempt, Stage stage) => new()
    {
        RunId = "run",
        Ordinal = ordinal,
        Attempt = attempt,
        Stage = stage,
        Reason = RejectionReason.Misaligned,
        Detail = "",
    };
}
