using System.Text.Json;
using DialogueMesh.Contracts;
using DialogueMesh.Measures;
using DialogueMesh.Measures.Diversity;
using DialogueMesh.Scenario.Corpora;
using DialogueMesh.Tests.Scenario.Corpora;
using Xunit;

namespace DialogueMesh.Tests.Measures;

public sealed class CorpusMeasuresTests
{
    private static readonly NamedCorpus Tiny = Corpora.Named(
        "tiny", "A taxi, please.|Where to?|Home.|Done.", "A taxi, please.|When?|Now.|Done.", "A bus.|Where to?");

    [Fact]
    public void Of_TinyCorpus_HasTheFiguresCountedByHand()
    {
        var user = Measure(Tiny).User;
        var system = Measure(Tiny).System;

        // a taxi , please . | home . | a taxi , please . | now . | a bus .
        Assert.Equal((5, 17, 17 / 5.0), (user.Utterances, user.Tokens, user.WordsPerUtterance));
        Assert.Equal(8 / 17.0, user.Distinct1, 12);
        Assert.Equal(8 / 12.0, user.Distinct2, 12);
        Assert.Equal(4 / 7.0, user.Distinct3, 12);
        Assert.Equal(0.4, user.RepeatedShare, 12);

        // Of 12 bigrams only the 3 that start with "a" have a choice: taxi, taxi, bus.
        Assert.Equal(3 / 12.0 * ((2 / 3.0 * Math.Log2(1.5)) + (1 / 3.0 * Math.Log2(3))), user.BigramEntropy, 12);
        Assert.Equal([new("A taxi, please.", 2, 2 / 3.0), new("A bus.", 1, 1 / 3.0)], user.Openings);
        Assert.Equal([new Frequency("a taxi ,", 2, 2 / 3.0), new Frequency("a bus .", 1, 1 / 3.0)], user.OpeningWords);
        Assert.Equal(["A bus.", "Home.", "Now."], user.Closings.Select(f => f.Text));
        Assert.Equal((2, 1), (user.SharedOpening, user.SharedClosing));
        Assert.Equal(["Done.", "Where to?"], system.Closings.Select(f => f.Text));
        Assert.Equal((2, 2), (system.SharedOpening, system.SharedClosing));
    }

    [Fact]
    public void Of_MoreWordsThanAsked_TakesThatMany()
    {
        var report = CorpusMeasures.Of([Tiny], Tiny, tokens: 7, TestContext.Current.CancellationToken).Corpora[0];

        Assert.Equal(7, report.User.Tokens);
        Assert.Equal(5, report.User.RepeatedOf);
        Assert.Equal(17 / 5.0, report.User.WordsPerUtterance);
    }

    [Fact]
    public void Of_PartOfTheReference_IsComparedWithTheRest()
    {
        const string Copied = "I would like to have a big red taxi now|Yes";
        var reference = Corpora.Named("reference", Copied, "We would like to have a big red taxi now|No");

        var part = Against(reference, Copied);
        var copy = Against(reference, Copied, "Something else of my own|Well");

        Assert.Equal((1, 1), (part.CopiedDialogues, part.Dialogues));
        Assert.Equal((2, 3), (part.Overlap.Found, part.Overlap.All));
        Assert.Equal((9, "would like to have a big red taxi now"), (part.Overlap.LongestRun, part.Overlap.LongestText));
        Assert.Equal((1, 2), (copy.CopiedDialogues, copy.Dialogues));
        Assert.Equal(10, copy.Overlap.LongestRun);
    }

    [Fact]
    public void Of_EmptySidesAndOneDialogue_HasFiguresThatJsonCanHold()
    {
        var report = CorpusMeasures.Of([Corpora.Named("one", "Hello.")], Corpora.Named("two", "Hello."), 100, TestContext.Current.CancellationToken);

        Assert.Equal(0, report.Corpora[0].System.Utterances);
        Assert.Null(report.Corpora[0].Acts);
        Assert.Null(report.Corpora[0].Comparison.Classifier);
        Assert.Contains("\"distinct2\": 0", JsonSerializer.Serialize(report, DialogueJson.Indented), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_RealSgd_HasTheReferenceValues()
    {
        var dev = new NamedCorpus("dev", SeedCorpora.Load(Path.Combine(SharedData.Folder("sgd"), "dev"), CancellationToken.None));

        var report = Measure(dev);

        AssertSpeaker(report.User, words: 9.9, distinct2: 0.32, entropy: 3.19, repeated: 0.11);
        AssertSpeaker(report.System, words: 13.1, distinct2: 0.35, entropy: 3.14, repeated: 0.14);
    }

    [Fact]
    public void Of_RealSgdTwice_IsTheSameToTheLastDigit()
    {
        var dev = new NamedCorpus("dev", SeedCorpora.Load(Path.Combine(SharedData.Folder("sgd"), "dev", "dialogues_001.json"), CancellationToken.None));

        Assert.Equal(Json(), Json());

        string Json() => JsonSerializer.Serialize(CorpusMeasures.Of([dev], dev, 15_000, CancellationToken.None), DialogueJson.Indented);
    }

    private static void AssertSpeaker(SpeakerReport speaker, double words, double distinct2, double entropy, double repeated)
    {
        Assert.Equal(15_000, speaker.Tokens);
        Assert.InRange(speaker.WordsPerUtterance, words - 0.1, words + 0.1);
        Assert.InRange(speaker.Distinct2, 0.97 * distinct2, 1.03 * distinct2);
        Assert.InRange(speaker.BigramEntropy, 0.97 * entropy, 1.03 * entropy);
        Assert.InRange(speaker.RepeatedShare, repeated - 0.01, repeated + 0.01);
    }

    private static CorpusReport Measure(NamedCorpus corpus) =>
        CorpusMeasures.Of([corpus], Tiny, CorpusMeasures.DefaultTokens, TestContext.Current.CancellationToken).Corpora[0];

    private static ComparisonReport Against(NamedCorpus reference, params string[] dialogues) =>
        CorpusMeasures.Of([Corpora.Named("mine", dialogues)], reference, 100, TestContext.Current.CancellationToken).Corpora[0].Comparison;
}
