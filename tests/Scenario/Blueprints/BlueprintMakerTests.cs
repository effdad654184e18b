using System.Text.Json;
using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Blueprints;
using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Scenario.Blueprints;
using DialogueMesh.Scenario.Corpora;
using DialogueMesh.Scenario.Personas;
using Xunit;

namespace DialogueMesh.Tests.Scenario.Blueprints;

public sealed class BlueprintMakerTests
{
    private static readonly SeedCorpus Corpus = new()
    {
        Name = "own",
        Format = CorpusFormat.MultiWoz,
        Dialogues = [Seed("a", "train"), Seed("b", "hotel"), Seed("c", "hotel", "taxi")],
        Skipped = new Dictionary<string, int>(),
        Sha256 = "",
        SwappedSpans = 0,
    };

    private static readonly BlueprintMaker Maker = new(
        TestCells.Catalog, Corpus, new PersonaSet([new Persona { Id = "p", Description = "A baker." }, new Persona { Id = "q", Description = "A pilot." }], "", 0));

    [Fact]
    public void Make_AnyCell_ResolvesItsDraws()
    {
        foreach (var cell in TestCells.Of(61, 60))
        {
            var blueprint = Maker.Make(Message(cell));

            Assert.Same(cell, blueprint.Cell);
            Assert.Contains(blueprint.Persona.Id, new[] { "p", "q" });
            Assert.True(TestCells.Catalog.Plan.TimeSlots[cell.TimeSlot].Contains(TimeOnly.ParseExact(blueprint.Clock, "HH:mm")), $"{blueprint.Clock} in {cell.TimeSlot}");
            Assert.Contains($"I am {blueprint.Seed.DialogueId}", blueprint.Seed.Text, StringComparison.Ordinal);
            Assert.NotEmpty(blueprint.Outline);
        }
    }

    [Theory]
    [InlineData("train", "a")]
    [InlineData("taxi", "c")]
    public void Make_CorpusHasTheService_SeedIsADialogueOfIt(string service, string seed)
    {
        var cell = TestCells.Of(62, 200).First(cell => cell.Services[0] == service);

        Assert.Equal(seed, Maker.Make(Message(cell)).Seed.DialogueId);
    }

    [Fact]
    public void Make_SameCandidate_IsTheSameAndAnotherIsNot()
    {
        var message = Message(TestCells.Of(63, 1).Single());

        Assert.Equal(Json(Maker.Make(message)), Json(Maker.Make(message)));
        Assert.NotEqual(Json(Maker.Make(message)), Json(Maker.Make(message with { Attempt = 1 })));
        Assert.NotEqual(Json(Maker.Make(message)), Json(Maker.Make(message with { Seed = 64 })));
    }

    [Fact]
    public void Make_Freeform_HasAGoalAndNoOutline()
    {
        var blueprint = Maker.Make(Message(TestCells.Of(65, 1).Single()) with { Mode = GenerationMode.Freeform });

        Assert.Empty(blueprint.Outline);
        Assert.NotEmpty(blueprint.Goal.Tasks);
    }

    private static PlanDialogue Message(Cell cell) => new()
    {
        RunId = "run",
        Ordinal = cell.Ordinal,
        Attempt = 0,
        Seed = 63,
        Mode = GenerationMode.Outline,
        Model = "model",
        Cell = cell,
    };

    private static SeedDialogue Seed(string id, params string[] services) => new()
    {
        Id = id,
        Services = services,
        SourceServices = services,
        Turns = [new SeedTurn { Speaker = Speaker.User, Utterance = $"I am {id}.", Frames = [] }],
    };

    private static string Json(Blueprint blueprint) => JsonSerializer.Serialize(blueprint, DialogueJson.Compact);
}
