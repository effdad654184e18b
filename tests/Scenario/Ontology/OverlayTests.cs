using DialogueMesh.Generation.Alignment;
using DialogueMesh.Generation.Answers;
using DialogueMesh.Generation.Prompts;
using DialogueMesh.Llm;
using DialogueMesh.Scenario.Corpora;
using DialogueMesh.Scenario.Ontology;
using DialogueMesh.Scenario.Outlines;
using DialogueMesh.Simulator;
using DialogueMesh.Tests.Scenario.Corpora;
using DialogueMesh.Tests.Scenario.Outlines;
using DialogueMesh.Tests.Simulator.Voice;
using Xunit;

namespace DialogueMesh.Tests.Scenario.Ontology;

/// <summary>What <c>--ontology DIR</c> does.</summary>
public sealed class OverlayTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Load_NewService_GivesValidDialoguesOfItWithoutCode(bool written)
    {
        using var overlay = MuseumShop.Overlay(entities: written ? MuseumShop.Entities : null);
        var catalog = OntologyCatalog.Load(TestCells.OntologyFolder, overlay.Path);
        var planner = new OutlinePlanner(catalog, ActStatistics.Prior);
        var speaker = new DialogueMesh.Simulator.Voice.Speaker(catalog);
        var dimensions = catalog.Dimensions();
        var alone = dimensions with { Combinations = [.. dimensions.Combinations.Where(combination => combination.Services.Contains("museumshop"))] };

        var cells = TestCells.Of(51, 60, alone).ToList();

        Assert.Equal(["museumshop"], Assert.Single(alone.Combinations).Services);
        Assert.Empty(new[] { "museumshop.find_shop", "museumshop.order_print" }.Except(cells.Select(cell => cell.Category)));
        foreach (var cell in cells.Select(cell => cell with { Turns = cell.Turns with { Min = Math.Min(cell.Turns.Min, 7) } }))
        {
            var message = TestCells.Blueprint(cell, 51, planner: planner);
            Assert.Empty(new OutlineRules(catalog, cell, new PlannedOutline(message.Blueprint.Goal, message.Blueprint.Outline)).Broken());
            var request = OutlinePrompt.Of(message);
            var answer = AnswerParser.Dialogue(speaker.Reply(
                new ChatPrompt("m", request.System, request.User, request.SchemaName, request.Seed, 1, RequestHash.Of("simulator", request)))).Answer!;
            Assert.IsType<AnnotationOutcome.Annotated>(Annotation.Of(message.Blueprint.Outline, answer));
            Assert.Empty(SpeechRules.Broken(answer.Exchanges.Select(said => (said.User, said.Assistant))));
        }
    }

    [Fact]
    public void Load_FileOfTheSamePath_ReplacesTheBuiltInOne()
    {
        using var overlay = new TempFolder();
        overlay.Write("regions/london.yaml", File.ReadAllText(Path.Combine(TestCells.OntologyFolder, "regions", "london.yaml")).Replace("region: London", "region: Londinium", StringComparison.Ordinal));

        var catalog = OntologyCatalog.Load(TestCells.OntologyFolder, overlay.Path);

        Assert.Contains("Londinium", catalog.Dimensions().Regions);
        Assert.DoesNotContain("London", catalog.Dimensions().Regions);
        Assert.Equal(TestCells.Catalog.Services.Keys, catalog.Services.Keys);
        Assert.NotEqual(TestCells.Catalog.Sha256, catalog.Sha256);
    }

    [Fact]
    public void Load_SameFiles_HasTheSameDigest() =>
        Assert.Equal(TestCells.Catalog.Sha256, OntologyCatalog.Load(TestCells.OntologyFolder).Sha256);
}
