using DialogueMesh.Contracts.Blueprints;
using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Generation.Alignment;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace DialogueMesh.Tests.Generation.Alignment;

public sealed class AlignerTests
{
    [Theory]
    [InlineData("A table in Soho, please.", "Soho", 11, "Soho")]
    [InlineData("🎉🎉 In Zürich 🏔️ then.", "Zürich", 6, "Zürich")]
    [InlineData("Book Crêperie 🥞 Bel-Air for us", "Crêperie 🥞 Bel-Air", 5, "Crêperie 🥞 Bel-Air")]
    [InlineData("👩‍👩‍👧 to 東京、please", "東京", 9, "東京")]
    [InlineData("Ask for Cafe\u0301 Bleu.", "Cafe\u0301 Bleu", 8, "Cafe\u0301 Bleu")]
    [InlineData("I love pizza🍕 a lot", "pizza", 7, "pizza")]
    [InlineData("so good🥞", "🥞", 7, "🥞")]
    [InlineData("It opens on MONDAY.", "Monday", 12, "MONDAY")]
    [InlineData("Nando’s, “the” place", "Nando's", 0, "Nando’s")]
    [InlineData("From Saint‑Denis at noon", "Saint-Denis", 5, "Saint‑Denis")]
    [InlineData("It is 1\u00a0200 yen", "1 200 yen", 6, "1\u00a0200 yen")]
    [InlineData("At 18:30 then", "18:30", 3, "18:30")]
    [InlineData("At 6:30 pm then", "18:30", 3, "6:30 pm")]
    [InlineData("At 6:30pm then", "18:30", 3, "6:30pm")]
    [InlineData("At 6.30 p.m. then", "18:30", 3, "6.30 p.m.")]
    [InlineData("At half past six then", "18:30", 3, "half past six")]
    [InlineData("At 6pm then", "18:00", 3, "6pm")]
    [InlineData("At six o’clock then", "18:00", 3, "six o’clock")]
    [InlineData("At noon then", "12:00", 3, "noon")]
    [InlineData("At midnight then", "00:00", 3, "midnight")]
    [InlineData("At 7:05 then", "07:05", 3, "7:05")]
    [InlineData("At 7:05 am then", "07:05", 3, "7:05 am")]
    [InlineData("There are two of us", "2", 10, "two")]
    [InlineData("Twelve people", "12", 0, "Twelve")]
    [InlineData("12:20 for 2", "2", 10, "2")]
    [InlineData("It costs 1,200 or 1", "1", 18, "1")]
    [InlineData("The cheaper one is cheap", "cheap", 19, "cheap")]
    [InlineData("Pay $20 (by card)", "$20", 4, "$20")]
    [InlineData("That's ₺850.", "₺850", 7, "₺850")]
    public void Align_ValueSaid_FindsItsPlaceInCodePoints(string utterance, string value, int start, string expected)
    {
        var aligned = Aligner.Align(utterance, [Inform("slot", value)]);

        var span = Assert.Single(aligned.Spans).Span;
        Assert.Empty(aligned.Missing);
        Assert.Equal((start, expected), (span.Start, span.Value));
        Assert.Equal(expected, Slice(utterance, span));
    }

    [Theory]
    [InlineData("At 12:20", "2")]
    [InlineData("At 12:20", "20")]
    [InlineData("It costs 1,200", "200")]
    [InlineData("It costs 2.50", "2")]
    [InlineData("The cheaper one", "cheap")]
    [InlineData("Cafe\u0301 Bleu", "Cafe")]
    [InlineData("𝒜cheap one", "cheap")]
    [InlineData("At 17:30", "7:30")]
    [InlineData("At 6:30 am", "18:30")]
    [InlineData("At 7:05 pm", "07:05")]
    [InlineData("Someone came", "1")]
    [InlineData("That's €200", "€20")]
    [InlineData("", "x")]
    public void Align_ValueNotSaid_IsMissing(string utterance, string value)
    {
        var aligned = Aligner.Align(utterance, [Inform("slot", value)]);

        Assert.Empty(aligned.Spans);
        Assert.Equal(value, Assert.Single(aligned.Missing).Value);
    }

    [Fact]
    public void Align_EqualValues_GetPlacesOfTheirOwn()
    {
        var both = Aligner.Align("2 people for 2 nights", [Inform("people", "2"), Inform("nights", "2")]);
        var one = Aligner.Align("2 people", [Inform("people", "2"), Inform("nights", "2")]);

        Assert.Equal([(0, "hotel-people"), (13, "hotel-nights")], both.Spans.Select(pair => (pair.Span.Start, pair.Span.Slot)));
        Assert.Equal("nights", Assert.Single(one.Missing).Slot);
    }

    [Fact]
    public void Align_ValueInsideALongerOne_LeavesItThat()
    {
        var acts = new[] { Inform("area", "Soho"), Inform("name", "Soho House") };

        var aligned = Aligner.Align("Soho House in Soho", acts);

        Assert.Equal([(0, "Soho House"), (14, "Soho")], aligned.Spans.Select(pair => (pair.Span.Start, pair.Span.Value)));
        Assert.Equal("area", Assert.Single(Aligner.Align("Soho House, please", acts).Missing).Slot);
    }

    [Fact]
    public void Align_ValueAsGivenAndInWords_TakesTheOneAsGiven() =>
        Assert.Equal("2", Aligner.Align("The two of us need 2 beds", [Inform("beds", "2")]).Spans.Single().Span.Value);

    [Fact]
    public void Align_SelectedValue_NeedNotBeSaid()
    {
        var select = Inform("name", "Soho House") with { Act = Acts.Select };

        Assert.Empty(Aligner.Align("That one, please", [select]).Missing);
        Assert.Equal(0, Aligner.Align("Soho House then", [select]).Spans.Single().Span.Start);
    }

    [Fact]
    public void Align_SelectedValueEqualToOneThatMustBeSaid_LeavesItThePlace()
    {
        var select = Inform("name", "Soho House") with { Act = Acts.Select };
        var inform = Inform("destination", "Soho House") with { Service = "taxi" };

        var aligned = Aligner.Align("That one. And a cab to Soho House.", [select, inform]);

        Assert.Equal("taxi-destination", Assert.Single(aligned.Spans).Span.Slot);
        Assert.Empty(aligned.Missing);
    }

    [Fact]
    public void Align_SameValueByTwoActs_IsOneSpan()
    {
        var aligned = Aligner.Align("Soho House", [Inform("name", "Soho House") with { Act = Acts.Offer }, Inform("name", "Soho House")]);

        Assert.Single(aligned.Spans);
        Assert.Empty(aligned.Missing);
    }

    [Fact]
    public void Align_ValueTakenOver_NamesItsSourceAsASlot() =>
        Assert.Equal("hotel-name", Aligner.Align("To Soho House", [Inform("destination", "Soho House") with { Service = "taxi", CopyFrom = "hotel.name" }]).Spans.Single().Span.CopyFrom);

    [Fact]
    public void Align_AnyTexts_SpansHoldTheirValuesAndDoNotOverlap() =>
        Prop.ForAll(Texts.Any().ToArbitrary(), Gen.ListOf(Texts.Any()).ToArbitrary(), (utterance, values) =>
        {
            var acts = values.Where(value => value.Length > 0).Select((value, i) => Inform($"slot{i}", value)).ToList();
            var aligned = Aligner.Align(utterance, acts);
            var spans = aligned.Spans.Select(pair => pair.Span).ToList();

            Assert.All(spans, span => Assert.Equal(Slice(utterance, span), span.Value));
            Assert.All(spans.Zip(spans.Skip(1)), pair => Assert.True(pair.First.ExclusiveEnd <= pair.Second.Start));
            Assert.Equal(acts.Count, spans.Count + aligned.Missing.Count);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Align_ValuesSaidOneAfterAnother_AreAllFound() =>
        Prop.ForAll(Gen.NonEmptyListOf(Texts.Word()).ToArbitrary(), Texts.Any().ToArbitrary(), (words, around) =>
        {
            var utterance = $"{around} {string.Join(" , ", words)} {around}";
            var aligned = Aligner.Align(utterance, [.. words.Select((word, i) => Inform($"slot{i}", word))]);

            Assert.Empty(aligned.Missing);
        }).QuickCheckThrowOnFailure();

    private static PlannedAct Inform(string slot, string value) => new() { Act = Acts.Inform, Service = "hotel", Slot = slot, Value = value };

    private static string Slice(string utterance, SlotSpan span) =>
        string.Concat(utterance.EnumerateRunes().Skip(span.Start).Take(span.ExclusiveEnd - span.Start));
}
