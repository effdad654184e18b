using DialogueMesh.Scenario.Corpora;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace DialogueMesh.Tests.Scenario.Corpora;

public sealed class ActStatisticsTests
{
    private static readonly string[] SomeActs =
        ["INFORM", "REQUEST", "REQUEST_ALTS", "NEGATE", "CONFIRM", "NOTIFY_SUCCESS", "THANK_YOU", "GOODBYE", "OFFER"];

    [Fact]
    public void Learn_NoAnnotations_GivesThePriorsButTheLengths()
    {
        var statistics = ActStatistics.Learn(Corpus([.. Enumerable.Repeat(Dialogue([[], [], [], []]), 1000)]));

        Assert.Equal(0, statistics.AnnotatedTurns);
        Assert.Equal(ActStatistics.Prior.Correction, statistics.Correction);
        Assert.Equal(ActStatistics.Prior.OpeningSlots, statistics.OpeningSlots);
        Assert.InRange(statistics.Exchanges[2], 0.95, 1);
        Assert.Empty(statistics.Transitions);
    }

    [Fact]
    public void Learn_ManyAlike_ComesNearTheirShares()
    {
        var plain = Dialogue([["INFORM a", "INFORM b"], ["REQUEST c"], ["INFORM c"], ["CONFIRM a"], ["AFFIRM"], ["NOTIFY_SUCCESS"], ["GOODBYE"], ["GOODBYE"]]);
        var corrected = Dialogue([["INFORM c"], ["CONFIRM a", "CONFIRM c"], ["NEGATE", "INFORM a"], ["REQUEST b", "REQUEST d"], ["REQUEST x", "REQUEST_ALTS"], ["NOTIFY_SUCCESS"], ["THANK_YOU", "GOODBYE"], ["GOODBYE"]]);
        var statistics = ActStatistics.Learn(Corpus([.. Enumerable.Repeat(plain, 1000), .. Enumerable.Repeat(corrected, 1000)]));

        Assert.Equal(2000, statistics.Dialogues);
        Assert.Equal(16000, statistics.AnnotatedTurns);
        Assert.InRange(statistics.Exchanges[4], 0.98, 1);
        AssertNear([0, 0.5, 0.5, 0], statistics.OpeningSlots);
        AssertNear([0.75, 0.25, 0, 0], statistics.InformedSlots);
        AssertNear([0.5, 0.5], statistics.RequestedSlots);
        AssertNear([0.5, 0.125, 0.125, 0.5, 1], [statistics.Correction, statistics.SideQuestion, statistics.RequestAlternatives, statistics.ThanksBeforeGoodbye, statistics.ConfirmBeforeBooking]);
        Assert.Equal(2000, statistics.Transitions[""]["USER INFORM"]);
        Assert.Equal(2000, statistics.Transitions["USER INFORM"]["SYSTEM CONFIRM"]);
        Assert.Equal(1000, statistics.Transitions["SYSTEM CONFIRM"]["USER INFORM+NEGATE"]);
        Assert.Equal(0.5, statistics.ChanceAfter(Speaker.System, "CONFIRM", "NEGATE"));
        Assert.Equal(0, statistics.ChanceAfter(Speaker.User, "CONFIRM", "NEGATE"));
        Assert.Equal(new SlotPosition(0.5, 2000), statistics.SlotOrder["restaurant"]["a"]);
        Assert.Equal(new SlotPosition(1, 1000), statistics.SlotOrder["restaurant"]["b"]);
        Assert.Equal(new SlotPosition(1, 2000), statistics.SlotOrder["restaurant"]["c"]);
    }

    [Fact]
    public void Learn_ActsThatTheCorpusNeverUses_KeepTheirPriors()
    {
        var statistics = ActStatistics.Learn(Corpus([.. Enumerable.Repeat(Dialogue([["INFORM a"], ["NOTIFY_SUCCESS"], ["GOODBYE"]]), 1000)]));

        Assert.Equal(ActStatistics.Prior.RequestAlternatives, statistics.RequestAlternatives);
        Assert.Equal(ActStatistics.Prior.ConfirmBeforeBooking, statistics.ConfirmBeforeBooking);
        Assert.Equal(ActStatistics.Prior.ThanksBeforeGoodbye, statistics.ThanksBeforeGoodbye);
    }

    [Fact]
    public void Learn_SlotsOfOneTurn_RankByTheirPlaceInTheUtterance()
    {
        var dialogue = Dialogue([["INFORM late", "INFORM early"]]);
        var frame = dialogue.Turns[0].Frames[0] with { Spans = [new SeedSpan("late", "x", 9, 10), new SeedSpan("early", "y", 1, 2)] };
        dialogue = dialogue with { Turns = [dialogue.Turns[0] with { Frames = [frame] }] };

        var order = ActStatistics.Learn(Corpus([dialogue])).SlotOrder["restaurant"];

        Assert.True(order["early"].Mean < order["late"].Mean);
    }

    [Fact]
    public void Learn_AnyActs_GivesProbabilities()
    {
        var turn = Gen.ListOf(from act in Gen.Elements(SomeActs) from slot in Gen.Elements("", " a", " b", " c", " d") select act + slot);
        var corpora = Gen.ListOf(Gen.ListOf(turn)).Select(ds => Corpus([.. ds.Select(d => Dialogue([.. d.Select(t => t.ToArray())]))]));

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(corpora.ToArbitrary(), corpus =>
        {
            var s = ActStatistics.Learn(corpus);
            Assert.All(new[] { s.Exchanges, s.OpeningSlots, s.InformedSlots, s.RequestedSlots }, d => Assert.Equal(1, d.Sum(), 1e-9));
            Assert.All(
                [.. s.Exchanges, .. s.OpeningSlots, .. s.InformedSlots, .. s.RequestedSlots, s.RequestAlternatives, s.Correction, s.SideQuestion, s.ThanksBeforeGoodbye, s.ConfirmBeforeBooking],
                p => Assert.InRange(p, 0, 1));
            Assert.All(SomeActs, act => Assert.InRange(s.ChanceAfter(Speaker.User, act, "CONFIRM"), 0, 1));
        }));
    }

    [Fact]
    public void Learn_RealSgd_IsNearWhatIsKnownOfIt()
    {
        var statistics = ActStatistics.Learn(SeedCorpora.Load(SharedData.Folder("sgd"), CancellationToken.None));

        Assert.Equal(28306, statistics.AnnotatedTurns);
        Assert.InRange(statistics.Exchanges.Select((p, n) => p * n).Sum(), 8.4, 8.6);
        // Counted apart, in Python, from the same files.
        AssertNear([0.52, 0.299, 0.153, 0.028], statistics.OpeningSlots);
        AssertNear([0.596, 0.293, 0.103, 0.009], statistics.InformedSlots);
        AssertNear([0.691, 0.309], statistics.RequestedSlots);
        AssertNear(
            [0.0625, 0.2137, 0.1537, 0.8455, 1],
            [statistics.RequestAlternatives, statistics.Correction, statistics.SideQuestion, statistics.ThanksBeforeGoodbye, statistics.ConfirmBeforeBooking]);
        Assert.InRange(statistics.ChanceAfter(Speaker.System, "GOODBYE", "INFORM"), 0, 0.001);
        Assert.InRange(statistics.ChanceAfter(Speaker.User, "REQUEST", "INFORM"), 0.8, 1);
        Assert.Contains("destination", statistics.SlotOrder["taxi"].Keys);
    }

    private static void AssertNear(double[] expected, IReadOnlyList<double> actual, double tolerance = 0.01)
    {
        Assert.Equal(expected.Length, actual.Count);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }

    private static SeedCorpus Corpus(IReadOnlyList<SeedDialogue> dialogues) => new()
    {
        Name = "test",
        Format = CorpusFormat.Sgd,
        Dialogues = dialogues,
        Skipped = new Dictionary<string, int>(),
        Sha256 = "",
        SwappedSpans = 0,
    };

    /// <summary>Turns of "ACT slot", the user's first.</summary>
    private static SeedDialogue Dialogue(string[][] turns) => new()
    {
        Id = "d",
        Services = ["restaurant"],
        SourceServices = ["Restaurants_1"],
        Turns = [.. turns.Select((acts, i) => new SeedTurn
        {
            Speaker = i % 2 == 0 ? Speaker.User : Speaker.System,
            Utterance = "…",
            Frames = [new SeedFrame
            {
                Service = "restaurant",
                Acts = [.. acts.Select(a => a.Split(' ')).Select(a => new SeedAct(a[0], a.ElementAtOrDefault(1) ?? "", []))],
                Spans = [],
                Copies = [],
                RequestedSlots = [],
                SlotValues = new Dictionary<string, IReadOnlyList<string>>(),
            }],
        })],
    };
}
