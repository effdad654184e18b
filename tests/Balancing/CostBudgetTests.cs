using DialogueMesh.Balancing.Runs;
using DialogueMesh.Contracts.Messages;
using Xunit;

namespace DialogueMesh.Tests.Balancing;

public sealed class CostBudgetTests
{
    [Fact]
    public void Issue_CostBudget_SetsAsideForEachWhatTheDearestCost()
    {
        var (progress, steps) = Open(parallel: 8, cost: 0.10m);
        Assert.Equal([0, 1, 2, 3, 4], Issued(steps));

        Assert.Empty(progress.On(Journalled(0, new Usage(1, 1, 0.03m, 1))));
        Assert.Empty(progress.On(Journalled(1, new Usage(1, 1, 0.01m, 1))));
        Assert.Empty(progress.On(Journalled(2, new Usage(1, 1, 0.01m, 1))));
        Assert.Empty(progress.On(Journalled(3, new Usage(1, 1, 0.01m, 1))));

        // 0.07 paid: one that costs as much as the dearest still fits.
        Assert.Equal([5], Issued(progress.On(Journalled(4, new Usage(1, 1, 0.01m, 1)))));
    }

    [Fact]
    public void Issue_CostBudget_AnswersFromTheCacheAreFree()
    {
        var (progress, steps) = Open(parallel: 1, cost: 0.05m);
        for (var ordinal = 0; ordinal < 10; ordinal++)
        {
            Assert.Equal([ordinal], Issued(steps));
            steps = progress.On(Journalled(ordinal, new Usage(1, 1, 0.02m, 0) { CacheHits = 1, Saved = 0.02m }));
        }
    }

    /// <summary>A run of 20 whose candidates are foretold to cost two cents.</summary>
    private static (RunProgress Progress, IReadOnlyList<Step> Steps) Open(int parallel, decimal cost)
    {
        var start = TestSpecs.Start(TestSpecs.Default(), 20, parallel, cost: cost);
        return RunProgress.Open(start with { Limits = start.Limits with { CandidateCost = 0.02m } }, TestSpecs.Opened(20));
    }

    private static IEnumerable<int> Issued(IReadOnlyList<Step> steps) => steps.OfType<IssueCell>().Select(issue => issue.Message.Ordinal);

    private static CandidateJournalled Journalled(int ordinal, Usage usage) => new() { RunId = "run", Ordinal = ordinal, Attempt = 0, Usage = usage };
}
