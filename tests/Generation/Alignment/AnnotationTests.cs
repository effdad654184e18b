using System.Text.Json;
using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Blueprints;
using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Generation.Alignment;
using DialogueMesh.Generation.Answers;
using DialogueMesh.Tests.Scenario;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace DialogueMesh.Tests.Generation.Alignment;

public sealed class AnnotationTests
{
    private static readonly ExchangePlan[] Outline =
    [
        Exchange(
            "hotel", "book_hotel",
            [Act(Acts.InformIntent, "hotel"), Act(Acts.Inform, "hotel", "area", "Soho"), Act(Acts.Inform, "hotel", "people", "2")],
            [Act(Acts.Offer, "hotel", "name", "Soho House")]),
        Exchange(
            "taxi", "book_taxi",
            [Act(Acts.Select, "hotel", "name", "Soho House"), Act(Acts.Request, "hotel", "phone"), Act(Acts.InformIntent, "taxi"), Act(Acts.Inform, "taxi", "destination", "Soho House") with { CopyFrom = "hotel.name" }],
            [Act(Acts.Inform, "hotel", "phone", "020 7946 0000"), Act(Acts.NotifySuccess, "taxi")]),
        Exchange("taxi", "goodbye", [Act(Acts.ThankYou, "taxi"), Act(Acts.Goodbye, "taxi")], [Act(Acts.Goodbye, "taxi")]),
    ];

    private static readonly DialogueAnswer Answer = new("A scene.",
    [
        new("A room in Soho for two 🎉, please.", "Soho House 🏨 is free."),
        new("That one. Its number? And a cab to Soho House.", "020 7946 0000. The cab is coming."),
        new("Thanks, bye.", "Bye."),
    ]);

    [Fact]
    public void Of_AlignedAnswer_HasFramesInTheFormOfMultiWoz()
    {
        var turns = Assert.IsType<AnnotationOutcome.Annotated>(Annotation.Of(Outline, Answer)).Turns;

        Assert.Equal(
            """[{"service":"hotel","actions":[{"act":"INFORM_INTENT","slot":"","values":[]},{"act":"INFORM","slot":"hotel-area","values":["Soho"]},{"act":"INFORM","slot":"hotel-people","values":["2"]}],"slots":[{"slot":"hotel-area","value":"Soho","start":10,"exclusive_end":14},{"slot":"hotel-people","value":"two","start":19,"exclusive_end":22}],"state":{"active_intent":"book_hotel","requested_slots":[],"slot_values":{"hotel-area":["Soho"],"hotel-people":["2"]}}}]""",
            Json(turns[0].UserFrames));
        Assert.Equal(
            """[{"service":"hotel","actions":[{"act":"OFFER","slot":"hotel-name","values":["Soho House"]}],"slots":[{"slot":"hotel-name","value":"Soho House","start":0,"exclusive_end":10}]}]""",
            Json(turns[0].AssistantFrames));
        Assert.Equal(
            """[{"service":"hotel","actions":[{"act":"SELECT","slot":"hotel-name","values":["Soho House"]},{"act":"REQUEST","slot":"hotel-phone","values":[]}],"slots":[],"state":{"active_intent":"NONE","requested_slots":["hotel-phone"],"slot_values":{"hotel-area":["Soho"],"hotel-name":["Soho House"],"hotel-people":["2"]}}},{"service":"taxi","actions":[{"act":"INFORM_INTENT","slot":"","values":[]},{"act":"INFORM","slot":"taxi-destination","values":["Soho House"]}],"slots":[{"slot":"taxi-destination","value":"Soho House","start":35,"exclusive_end":45,"copy_from":"hotel-name"}],"state":{"active_intent":"book_taxi","requested_slots":[],"slot_values":{"taxi-destination":["Soho House"]}}}]""",
            Json(turns[1].UserFrames));
        Assert.Equal(["hotel", "taxi"], turns[2].UserFrames!.Select(frame => frame.Service));
        Assert.All(turns[2].UserFrames!, frame => Assert.Equal("NONE", frame.State!.ActiveIntent));
        Assert.Equal([1, 2, 3], turns.Select(turn => turn.TurnNumber));
        Assert.Equal(["book_hotel", "book_taxi", "goodbye"], turns.Select(turn => turn.Intent));
    }

    [Fact]
    public void Of_ValueNotSaid_NamesExchangeSpeakerSlotAndValue()
    {
        var answer = Answer with { Exchanges = [Answer.Exchanges[0], Answer.Exchanges[1] with { Assistant = "It's coming." }, Answer.Exchanges[2]] };

        var missing = Assert.Single(Assert.IsType<AnnotationOutcome.Misaligned>(Annotation.Of(Outline, answer)).Missing);

        Assert.Equal(new MissingValue(1, OfUser: false, "hotel-phone", "020 7946 0000"), missing);
    }

    /// <summary>The state after each turn is what the user's INFORM and SELECT acts so far come to, said anew here.</summary>
    [Fact]
    public void Of_AnyOutline_AccumulatesTheStateOfTheActs() =>
        Prop.ForAll(Gen.Choose(1, 1_000_000).ToArbitrary(), seed =>
        {
            foreach (var outline in TestCells.Of(seed, 10).Select(cell => TestCells.Plan(cell, $"{seed}").Exchanges))
            {
                var words = new DialogueAnswer("s", [.. outline.Select(plan => new ExchangeAnswer(Say(plan.User), Say(plan.Assistant)))]);
                var turns = Assert.IsType<AnnotationOutcome.Annotated>(Annotation.Of(outline, words)).Turns;
                var state = new SortedDictionary<string, string>(StringComparer.Ordinal);
                foreach (var (plan, turn) in outline.Zip(turns))
                {
                    foreach (var act in plan.User.Where(act => act is { Act: "INFORM" or "SELECT", Value: not null }))
                    {
                        state[$"{act.Service}-{act.Slot}"] = act.Value!;
                    }

                    Assert.Equal(state, turn.UserFrames!.SelectMany(frame => frame.State!.SlotValues).OrderBy(pair => pair.Key, StringComparer.Ordinal)
                        .Select(pair => KeyValuePair.Create(pair.Key, Assert.Single(pair.Value))));
                    Assert.Equal(
                        plan.User.Where(act => act.Act == "REQUEST").Select(act => $"{act.Service}-{act.Slot}").Order(),
                        turn.UserFrames!.SelectMany(frame => frame.State!.RequestedSlots).Order());
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(10));

    private static string Say(IEnumerable<PlannedAct> acts) => string.Join(" ; ", acts.Select(act => act.Value ?? "hm"));

    private static PlannedAct Act(string act, string service, string? slot = null, string? value = null) =>
        new() { Act = act, Service = service, Slot = slot, Value = value };

    private static ExchangePlan Exchange(string service, string intent, IReadOnlyList<PlannedAct> user, IReadOnlyList<PlannedAct> assistant) => new()
    {
        User = user,
        Assistant = assistant,
        UserEmotion = "Happy",
        AssistantEmotion = "Patient",
        ActiveService = service,
        ActiveIntent = intent,
    };

    private static string Json<T>(T data) => JsonSerializer.Serialize(data, DialogueJson.Compact);
}
