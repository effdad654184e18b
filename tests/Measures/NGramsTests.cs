using DialogueMesh.Measures.Diversity;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace DialogueMesh.Tests.Measures;

public sealed class NGramsTests
{
    private static readonly Arbitrary<int[][]> Utterances = ArbMap.Default.GeneratorFor<int>().Select(n => Math.Abs(n % 5)).ArrayOf().ArrayOf().ToArbitrary();

    [Fact]
    public void Distinct_AnyUtterances_IsBetween0And1AndGrowsWithN() => Prop.ForAll(Utterances, utterances =>
    {
        var words = Segments(utterances.Where(u => u.Length > 2));
        double[] distinct = [NGrams.Distinct(words, 1), NGrams.Distinct(words, 2), NGrams.Distinct(words, 3)];
        Assert.All(distinct, d => Assert.InRange(d, words.Count == 0 ? 0 : double.Epsilon, 1));
        Assert.Equal(utterances.Where(u => u.Length > 2).SelectMany(u => u).Distinct().Count(), distinct[0] * words.Sum(w => w.Count), 6);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Distinct_Bigrams_DoNotReachIntoTheNextUtterance() =>
        Assert.Equal(2.0 / 3, NGrams.Distinct(Segments([[1, 2], [1, 2], [3], [2, 3]]), 2), 12);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Distinct_NothingLongEnough_Is0(int n) => Assert.Equal(0, NGrams.Distinct([], n));

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(8, 3)]
    [InlineData(1024, 10)]
    public void ConditionalEntropy_EquallyLikelyFollowers_IsTheirLogarithm(int followers, double bits) =>
        Assert.Equal(bits, NGrams.ConditionalEntropy(Segments(Enumerable.Range(1, followers).Select(f => new[] { 0, f }))), 12);

    [Fact]
    public void ConditionalEntropy_TwoContexts_AreWeightedByTheirCounts()
    {
        // After 1 two words in halves (1 bit), after 2 always the same (0 bits): 2 of 6 bigrams have a choice.
        var entropy = NGrams.ConditionalEntropy(Segments([[1, 7], [1, 8], [2, 9], [2, 9], [2, 9], [2, 9]]));

        Assert.Equal(2.0 / 6, entropy, 12);
    }

    [Fact]
    public void ConditionalEntropy_AnyUtterances_IsJointLessFirstWordsEntropy() => Prop.ForAll(Utterances, utterances =>
    {
        var pairs = utterances.SelectMany(u => u.Zip(u.Skip(1))).ToList();
        Assert.Equal(Entropy(pairs) - Entropy(pairs.Select(p => p.First)), NGrams.ConditionalEntropy(Segments(utterances)), 9);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Repeated_TextsThatOccurMoreThanOnce_AllCount()
    {
        Assert.Equal(5.0 / 7, NGrams.Repeated(["Yes.", "Yes.", "Yes.", "No.", "no.", "Bye!", "Bye!"]), 12);
        Assert.Equal(0, NGrams.Repeated([]));
    }

    private static double Entropy<T>(IEnumerable<T> items)
        where T : notnull
    {
        var counts = items.CountBy(i => i).Select(c => c.Value).ToList();
        return -counts.Sum(c => (double)c / counts.Sum() * Math.Log2((double)c / counts.Sum()));
    }

    private static List<ArraySegment<int>> Segments(IEnumerable<int[]> utterances) => [.. utterances.Select(u => new ArraySegment<int>(u))];
}
