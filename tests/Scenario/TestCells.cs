using DialogueMesh.Balancing.Planning;
using DialogueMesh.Contracts.Blueprints;
using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Scenario.Corpora;
using DialogueMesh.Scenario.Ontology;
using DialogueMesh.Scenario.Outlines;
using DialogueMesh.Tests.Scenario.Corpora;

namespace DialogueMesh.Tests.Scenario;

/// <summary>Cells as runs over the built-in ontology have them, and what becomes of them before a model is asked.</summary>
internal static class TestCells
{
    public static string OntologyFolder { get; } = Path.Combine(SharedData.RepositoryRoot(), "data", "ontology");

    private static readonly Lazy<OntologyCatalog> BuiltIn = new(() => OntologyCatalog.Load(OntologyFolder));
    private static readonly Lazy<OutlinePlanner> Planner = new(() => new OutlinePlanner(Catalog, ActStatistics.Prior));

    public static OntologyCatalog Catalog => BuiltIn.Value;

    public static IEnumerable<Cell> Of(long seed, int count, PlanDimensions? dimensions = null)
    {
        var plan = RunPlan.Create(
            new RunSpec
            {
                InitialTotal = count,
                Seed = seed,
                Dimensions = dimensions ?? Catalog.Dimensions(),
                Model = "model",
                Endpoint = "simulator",
                PromptVersion = "1",
                SimilarityThreshold = 0.9,
                Encoder = new("encoder", 4, ""),
                Sources = new("", "", ""),
            },
            [count]);
        return Enumerable.Range(0, count).Select(plan.Cell);
    }

    public static PlannedOutline Plan(Cell cell, string stream) => Planner.Value.Plan(cell, stream);

    /// <summary>What Scenario would send to Generation, with a persona and a reference of the test's own.</summary>
    public static BlueprintReady Blueprint(Cell cell, long seed, GenerationMode mode = GenerationMode.Outline, OutlinePlanner? planner = null)
    {
        var plan = (planner ?? Planner.Value).Plan(cell, $"{seed}/{cell.Ordinal}/0");
        return new BlueprintReady
        {
            RunId = "run",
            Ordinal = cell.Ordinal,
            Attempt = 0,
            Seed = seed,
            Mode = mode,
            Model = "model",
            Blueprint = new Blueprint
            {
                Cell = cell,
                Persona = new Persona { Id = "p1", Description = "A retired sound engineer who restores tape machines." },
                Seed = new SeedConversation("MUL0001.json", "USER: I need a train.\nSYSTEM: Where to?"),
                Clock = "13:05",
                Goal = plan.Goal,
                Outline = mode == GenerationMode.Outline ? plan.Exchanges : [],
            },
        };
    }
}
