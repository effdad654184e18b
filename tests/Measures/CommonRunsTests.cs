using DialogueMesh.Measures.Overlap;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace DialogueMesh.Tests.Measures;

public sealed class CommonRunsTests
{
    private static readonly Arbitrary<(int[][] Left, int[][] Right)> Pairs =
        (from left in Utterances() from right in Utterances() select (left, right)).ToArbitrary();

    [Fact]
    public void Count_AnyUtterances_IsThatOfANaiveLoop() => Prop.ForAll(Pairs, pair =>
    {
        for (var n = 1; n <= 4; n++)
        {
            var mine = Windows(pair.Left, n).ToList();
            var theirs = Windows(pair.Right, n).ToHashSet();
            Assert.Equal((mine.Count(theirs.Contains), mine.Count), CommonRuns.Count(pair.Left, pair.Right, n));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Longest_AnyUtterances_IsThatOfANaiveLoop() => Prop.ForAll(Pairs, pair =>
    {
        var longest = Enumerable.Range(1, 50).LastOrDefault(n => Windows(pair.Left, n).Intersect(Windows(pair.Right, n)).Any());
        var run = CommonRuns.Longest(pair.Left, pair.Right);
        Assert.Equal(longest, run.Count);
        Assert.Equal(Windows(pair.Left, longest).FirstOrDefault(Windows(pair.Right, longest).Contains, ""), string.Join(' ', run));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Longest_RunsOverTheEndOfAnUtterance_AreCutThere() =>
        Assert.Equal([2, 3], CommonRuns.Longest([[1, 2, 3], [4, 5]], [[2, 3], [4, 1]]));

    private static Gen<int[][]> Utterances() =>
        Gen.Choose(0, 2).ArrayOf(12).Resize(12).SelectMany(words => Gen.Choose(0, 12).Select(length => words[..length])).ArrayOf();

    private static IEnumerable<string> Windows(int[][] utterances, int n) => n == 0
        ? []
        : utterances.SelectMany(u => Enumerable.Range(0, Math.Max(0, u.Length - n + 1)).Select(i => string.Join(' ', u[i..(i + n)])));
}
