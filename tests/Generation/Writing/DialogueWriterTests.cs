using System.Text.Json;
using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Blueprints;
using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Contracts.Prompts;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Generation;
using DialogueMesh.Generation.Prompts;
using DialogueMesh.Generation.Writing;
using DialogueMesh.Llm;
using DialogueMesh.Tests.Scenario;
using MassTransit;
using MassTransit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DialogueMesh.Tests.Generation.Writing;

public sealed class DialogueWriterTests
{
    private const string Good = """{"scenario":"A scene.","exchanges":[{"user":"From Ealing to Soho.","assistant":"Fine."},{"user":"Bye.","assistant":"Bye."}]}""";
    private const string Lacking = """{"scenario":"A scene.","exchanges":[{"user":"From Ealing over there.","assistant":"Fine."},{"user":"Bye.","assistant":"Bye."}]}""";
    private const string Vague = """{"scenario":"A scene.","exchanges":[{"user":"From here to there.","assistant":"Fine."},{"user":"Bye.","assistant":"Bye."}]}""";
    private const string Repair = """{"exchanges":[{"number":1,"user":"From Ealing over to Soho.","assistant":"Fine."}]}""";

    private static readonly LlmOptions Endpoint = new() { Endpoint = new Uri("http://localhost/v1"), EndpointName = "simulator" };
    private static readonly Usage First = new(700, 400, 0.01m, 1);
    private static readonly Usage Second = new(90, 60, 0.002m, 2);
    private static readonly Usage Both = new(790, 460, 0.012m, 3);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_AlignedAnswer_IsADialogueWithItsProvenance()
    {
        var message = Message();
        var (outcome, model) = await WriteAsync(message, Answered(Good, First));

        var (dialogue, usage) = Assert.IsType<WritingOutcome.Written>(outcome);
        var cell = message.Blueprint.Cell;
        Assert.Equal(First, usage);
        Assert.Equal(("run-000003", 2, "A scene."), (dialogue.DialogueId, dialogue.NumLines, dialogue.GeneratedScenario));
        Assert.Equal((cell.Category, cell.TimeSlot, cell.Resolution), (dialogue.ScenarioCategory, dialogue.TimeSlot, dialogue.ResolutionStatus));
        Assert.Equal((cell.Region, cell.UserEmotion), (dialogue.Regions.Single(), dialogue.UserEmotions.Single()));
        Assert.Same(message.Blueprint.Goal, dialogue.Goal);
        Assert.Equal(["Ealing", "Soho"], dialogue.Turns[0].UserFrames!.Single().Slots.Select(slot => slot.Value));
        var provenance = dialogue.Provenance;
        Assert.Equal(("run", 3, 1, "outline", "aligned"), (provenance.Run, provenance.Ordinal, provenance.Attempt, provenance.Mode, provenance.Annotations));
        Assert.Equal(("MUL0001.json", "p1", "model", "simulator"), (provenance.SeedDialogue, provenance.PersonaId, provenance.Model, provenance.Endpoint));
        Assert.Equal((700, 400, 0.01m), (provenance.PromptTokens, provenance.CompletionTokens, provenance.Cost));
        Assert.Equal((RequestHash.Of("simulator", Assert.Single(model.Asked)), PromptText.Version), (provenance.RequestHash, provenance.PromptVersion));
    }

    [Fact]
    public async Task Write_ValueMissing_IsMendedByOneTargetedCall()
    {
        var (outcome, model) = await WriteAsync(Message(), Answered(Lacking, First), Answered(Repair, Second));

        var (dialogue, usage) = Assert.IsType<WritingOutcome.Written>(outcome);
        Assert.Equal(["From Ealing over to Soho.", "Bye."], dialogue.Turns.Select(turn => turn.Utterance));
        Assert.Equal(Both, usage);
        Assert.Equal((790, 460, 0.012m), (dialogue.Provenance.PromptTokens, dialogue.Provenance.CompletionTokens, dialogue.Provenance.Cost));
        Assert.Equal([PromptNames.Outline, PromptNames.Repair], model.Asked.Select(request => request.SchemaName));
        Assert.Equal(RequestHash.Of("simulator", model.Asked[0]), dialogue.Provenance.RequestHash);
    }

    [Theory]
    [InlineData(Repair, "to nowhere.")]
    [InlineData("""{"exchanges":[{"number":9,"user":"Soho","assistant":"Soho"}]}""", "")]
    public async Task Write_ValueStillMissing_IsRejectedAndBothCallsAreCounted(string repair, string instead)
    {
        var (outcome, model) = await WriteAsync(
            Message(), Answered(Lacking, First), Answered(instead.Length == 0 ? repair : repair.Replace("over to Soho.", instead, StringComparison.Ordinal), Second));

        AssertRejected(outcome, RejectionReason.Misaligned, Both, "exchange 1: the user does not say taxi-destination 'Soho'");
        Assert.Equal(2, model.Asked.Count);
    }

    [Fact]
    public async Task Write_WrongNumberOfExchanges_IsRejectedWithoutAnotherCall()
    {
        var (outcome, model) = await WriteAsync(Message(), Answered("""{"scenario":"s","exchanges":[{"user":"To Soho.","assistant":"Fine."}]}""", First));

        AssertRejected(outcome, RejectionReason.WrongTurnCount, First, "1 exchanges instead of 2");
        Assert.Single(model.Asked);
    }

    [Theory]
    [InlineData("Sure! Here you go.", GenerationMode.Outline)]
    [InlineData("""{"answer":"fine"}""", GenerationMode.Outline)]
    [InlineData("""{"answer":"fine"}""", GenerationMode.Freeform)]
    [InlineData(Vague, GenerationMode.Outline)]
    [InlineData("refused", GenerationMode.Outline)]
    public async Task Write_UselessAnswer_IsAskedForAgainAndTheDialogueIsAsIfItHadNotBeen(string text, GenerationMode mode)
    {
        var message = Message() with { Mode = mode };
        ChatOutcome useless = text == "refused" ? new ChatOutcome.Declined(RejectionReason.Refused, "I can't.", Second) : Answered(text, Second);

        var (outcome, model) = await WriteAsync(message, useless, Answered(Good, First));
        var (plain, _) = await WriteAsync(message, Answered(Good, First));

        var (dialogue, usage) = Assert.IsType<WritingOutcome.Written>(outcome);
        Assert.Equal(Both, usage);
        Assert.Equal(
            JsonSerializer.Serialize(((WritingOutcome.Written)plain).Dialogue, DialogueJson.Compact), JsonSerializer.Serialize(dialogue, DialogueJson.Compact));
        Assert.Equal([false, true], model.Asked.Select(request => request.Again));
        Assert.Equal(model.Asked[0], model.Asked[1] with { Again = false });
        Assert.Single(model.Asked.Select(request => RequestHash.Of("simulator", request)).Distinct());
    }

    [Fact]
    public async Task Write_UselessTwice_IsRejectedAndBothCallsAreCounted()
    {
        var refusal = new ChatOutcome.Declined(RejectionReason.Refused, "I can't.", Second);

        AssertRejected((await WriteAsync(Message(), Answered("?", First), Answered("?", Second))).Outcome, RejectionReason.Unparsable, Both, "not JSON");
        AssertRejected((await WriteAsync(Message(), Answered("?", First), refusal)).Outcome, RejectionReason.Refused, Both, "I can't.");
        AssertRejected((await WriteAsync(Message(), refusal, Answered("?", First))).Outcome, RejectionReason.Unparsable, Both, "not JSON");
    }

    [Fact]
    public async Task Write_RepairUseless_IsAskedForAgain()
    {
        var (outcome, model) = await WriteAsync(Message(), Answered(Lacking, First), Answered("no JSON", default), Answered(Repair, Second));

        Assert.Equal(Both, Assert.IsType<WritingOutcome.Written>(outcome).Usage);
        Assert.Equal([(PromptNames.Outline, false), (PromptNames.Repair, false), (PromptNames.Repair, true)], model.Asked.Select(request => (request.SchemaName, request.Again)));
    }

    [Fact]
    public async Task Write_Declined_IsRejectedForTheModelsReason()
    {
        var declined = new ChatOutcome.Declined(RejectionReason.ContentFiltered, "filtered", First);

        AssertRejected((await WriteAsync(Message(), declined)).Outcome, RejectionReason.ContentFiltered, First, "filtered");
    }

    [Fact]
    public async Task Write_RepairDeclined_IsRejectedAndBothCallsAreCounted()
    {
        var declined = new ChatOutcome.Declined(RejectionReason.Truncated, "cut", Second);

        AssertRejected((await WriteAsync(Message(), Answered(Lacking, First), declined)).Outcome, RejectionReason.Truncated, Both, "cut");
    }

    [Fact]
    public async Task Write_OutlineOutOfItsCellsBounds_IsRejectedWithoutACall()
    {
        var message = Message();
        message = message with { Blueprint = message.Blueprint with { Cell = message.Blueprint.Cell with { Turns = new IntRange(3, 4) } } };

        var (outcome, model) = await WriteAsync(message);

        AssertRejected(outcome, RejectionReason.WrongTurnCount, default, "the outline has 2 exchanges, not 3 to 4");
        Assert.Empty(model.Asked);
    }

    [Fact]
    public async Task Write_EndpointDown_SaysSo()
    {
        var down = new ChatOutcome.Unavailable("localhost: 401. Check the API key.");

        Assert.Equal(new WritingOutcome.Unavailable(down.Message), (await WriteAsync(Message(), down)).Outcome);
        Assert.Equal(new WritingOutcome.Unavailable(down.Message), (await WriteAsync(Message(), Answered(Lacking, First), down)).Outcome);
    }

    [Theory]
    [InlineData(2, 5, true)]
    [InlineData(3, 5, false)]
    [InlineData(1, 1, false)]
    public async Task Write_Freeform_TakesWhatIsWithinTheBounds(int min, int max, bool taken)
    {
        var message = Message() with { Mode = GenerationMode.Freeform };
        message = message with { Blueprint = message.Blueprint with { Outline = [], Cell = message.Blueprint.Cell with { Turns = new IntRange(min, max) } } };

        var (outcome, _) = await WriteAsync(message, Answered(Good.Replace("\"Bye.\",", "\"Bye.\",\"intent\":\"leave\",\"user_emotion\":\"Calm\",", StringComparison.Ordinal), First));

        if (!taken)
        {
            AssertRejected(outcome, RejectionReason.WrongTurnCount, First, $"2 exchanges, not {min} to {max}");
            return;
        }

        var dialogue = Assert.IsType<WritingOutcome.Written>(outcome).Dialogue;
        Assert.Equal(("freeform", "unverified"), (dialogue.Provenance.Mode, dialogue.Provenance.Annotations));
        Assert.Equal(("leave", "Calm"), (dialogue.Turns[1].Intent, dialogue.Turns[1].Emotion));
        Assert.Null(dialogue.Turns[1].UserFrames);
        Assert.Null(dialogue.Goal);
    }

    [Fact]
    public async Task Consume_Blueprint_PublishesWhatCameOfIt()
    {
        var generated = await PublishedAsync<DialogueGenerated>(Answered(Good, First));
        Assert.Equal(("run", 3, 1, First), (generated.RunId, generated.Ordinal, generated.Attempt, generated.Usage));

        var rejected = await PublishedAsync<DialogueRejected>(Answered("?", First));
        Assert.Equal(("run", 3, 1, First + First), (rejected.RunId, rejected.Ordinal, rejected.Attempt, rejected.Usage));
        Assert.Equal((Stage.Generation, RejectionReason.Unparsable), (rejected.Stage, rejected.Reason));

        var faulted = await PublishedAsync<RunFaulted>(new ChatOutcome.Unavailable("down"));
        Assert.Equal(("run", "down"), (faulted.RunId, faulted.Message));
    }

    private static async Task<(WritingOutcome Outcome, ScriptedModel Model)> WriteAsync(BlueprintReady message, params ChatOutcome[] outcomes)
    {
        var model = new ScriptedModel(outcomes);
        return (await new DialogueWriter(model, Endpoint).WriteAsync(message, Ct), model);
    }

    private static async Task<T> PublishedAsync<T>(ChatOutcome outcome)
        where T : class
    {
        await using var services = new ServiceCollection()
            .AddSingleton<ILanguageModel>(new ScriptedModel(outcome, outcome))
            .AddSingleton(Endpoint)
            .AddGeneration()
            .AddMassTransitTestHarness(TextWriter.Null, bus => bus.AddGeneration(maxParallel: 2))
            .BuildServiceProvider(validateScopes: true);
        var harness = services.GetRequiredService<ITestHarness>();
        await harness.Start();
        await harness.Bus.Publish(Message(), Ct);
        Assert.True(await harness.Consumed.Any<BlueprintReady>(Ct));
        Assert.Single(harness.Published.Select<ICandidateMessage>(Ct).Where(each => each.Context.Message is not BlueprintReady)
            .Concat<object>(harness.Published.Select<RunFaulted>(Ct)));
        return Assert.Single(harness.Published.Select<T>(Ct)).Context.Message;
    }

    private static void AssertRejected(WritingOutcome outcome, RejectionReason reason, Usage usage, string detail)
    {
        var rejected = Assert.IsType<WritingOutcome.Rejected>(outcome);
        Assert.Equal((reason, usage), (rejected.Reason, rejected.Usage));
        Assert.Contains(detail, rejected.Detail, StringComparison.Ordinal);
    }

    private static ChatOutcome.Answered Answered(string text, Usage usage) => new(text, usage);

    /// <summary>Two exchanges, in the first of which the user says "Soho" and "Ealing".</summary>
    private static BlueprintReady Message()
    {
        var message = TestCells.Blueprint(TestCells.Of(41, 1).Single(), 41);
        PlannedAct[] first =
        [
            new() { Act = Acts.Inform, Service = "taxi", Slot = "destination", Value = "Soho" },
            new() { Act = Acts.Inform, Service = "taxi", Slot = "departure", Value = "Ealing" },
        ];
        return message with { Ordinal = 3, Attempt = 1, Blueprint = message.Blueprint with { Cell = message.Blueprint.Cell with { Turns = new IntRange(2, 4) }, Outline = [Exchange(first), Exchange([new() { Act = Acts.Goodbye, Service = "taxi" }])] } };
    }

    private static ExchangePlan Exchange(IReadOnlyList<PlannedAct> user) => new()
    {
        User = user,
        Assistant = [new() { Act = Acts.Acknowledge, Service = "taxi" }],
        UserEmotion = "Happy",
        AssistantEmotion = "Patient",
        ActiveService = "taxi",
        ActiveIntent = "book_taxi",
    };
}
