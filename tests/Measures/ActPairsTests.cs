using DialogueMesh.Measures.Acts;
using DialogueMesh.Measures.Diversity;
using DialogueMesh.Measures.Words;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace DialogueMesh.Tests.Measures;

public sealed class ActPairsTests
{
    [Fact]
    public void Report_AnnotatedDialogues_CountsSetsOfAUserAndTheAnswer()
    {
        var corpus = Corpora.Tokenised(
            new Vocabulary(),
            "INFORM+AFFIRM: a|REQUEST: b|AFFIRM+INFORM: c|REQUEST: d|INFORM: e",
            "THANK_YOU: a|b|c|GOODBYE: d",
            "INFORM+INFORM: a|OFFER: b");

        var report = ActPairs.Report(corpus.Dialogues)!;

        Assert.Equal(3, report.Pairs);
        Assert.Equal([new Frequency("AFFIRM+INFORM → REQUEST", 2, 2.0 / 3), new Frequency("INFORM → OFFER", 1, 1.0 / 3)], report.Distribution);
    }

    [Fact]
    public void Report_NoActs_IsNull() => Assert.Null(ActPairs.Report(Corpora.Tokenised(new Vocabulary(), "a|b|c").Dialogues));

    [Fact]
    public void Divergence_KnownDistributions_IsAsByHand()
    {
        Frequency[] even = [new("a", 1, 0.5), new("b", 1, 0.5)];

        Assert.Equal(0, ActPairs.Divergence(even, even)!.Value, 12);
        Assert.Equal(1, ActPairs.Divergence(even, [new("c", 3, 1)])!.Value, 12);
        Assert.Equal(1.5 - (0.75 * Math.Log2(3)), ActPairs.Divergence([new("a", 1, 1)], even)!.Value, 12);
        Assert.Null(ActPairs.Divergence(even, []));
    }

    [Fact]
    public void Divergence_AnyDistributions_IsSymmetricWithin0And1() => Prop.ForAll(Counts(), Counts(), (left, right) =>
    {
        var (p, q) = (SpeakerMeasures.Ranked(left), SpeakerMeasures.Ranked(right));
        var there = ActPairs.Divergence(p, q);
        Assert.Equal(there is null, p.Count == 0 || q.Count == 0);
        Assert.InRange(there ?? 0, 0, 1);
        Assert.Equal(there ?? 0, ActPairs.Divergence(q, p) ?? 0, 12);
    }).QuickCheckThrowOnFailure();

    private static Arbitrary<string[]> Counts() => Gen.Choose(0, 6).Select(n => $"{n}").ArrayOf().ToArbitrary();
}
