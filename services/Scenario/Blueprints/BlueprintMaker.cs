using DialogueMesh.Contracts.Blueprints;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Scenario.Corpora;
using DialogueMesh.Scenario.Grounding;
using DialogueMesh.Scenario.Ontology;
using DialogueMesh.Scenario.Outlines;
using DialogueMesh.Scenario.Personas;

namespace DialogueMesh.Scenario.Blueprints;

/// <summary>Turns cells into blueprints. Pure over what it was made from; thread-safe.</summary>
public sealed class BlueprintMaker
{
    private readonly OntologyCatalog catalog;
    private readonly PersonaSet personas;
    private readonly OutlinePlanner planner;
    private readonly SeedDraw seeds;

    public BlueprintMaker(OntologyCatalog catalog, SeedCorpus corpus, PersonaSet personas)
    {
        this.catalog = catalog;
        this.personas = personas;
        planner = new OutlinePlanner(catalog, ActStatistics.Learn(corpus));
        seeds = new SeedDraw(corpus);
    }

    public Blueprint Make(PlanDialogue message)
    {
        var cell = message.Cell;
        var stream = $"{message.Seed}/{message.Ordinal}/{message.Attempt}";
        var plan = planner.Plan(cell, stream);
        return new Blueprint
        {
            Cell = cell,
            Persona = personas.Draw(cell.Persona),
            Seed = seeds.Of(cell),
            Clock = ValueDraw.Time(ValueDraw.Clock(catalog.Plan.TimeSlots[cell.TimeSlot], stream)),
            Goal = plan.Goal,
            Outline = message.Mode == GenerationMode.Outline ? plan.Exchanges : [],
        };
    }
}

/// <summary>Resolves a cell's draw to a dialogue of the seed corpus, one that shares a service with the cell where there is one.</summary>
internal sealed class SeedDraw(SeedCorpus corpus)
{
    private readonly ILookup<string, SeedDialogue> byService = corpus.Dialogues
        .SelectMany(dialogue => dialogue.Services.Distinct(StringComparer.Ordinal).Select(service => (service, dialogue)))
        .ToLookup(pair => pair.service, pair => pair.dialogue, StringComparer.Ordinal);

    public SeedConversation Of(Cell cell)
    {
        var service = cell.Services.FirstOrDefault(byService.Contains);
        var pool = service is null ? corpus.Dialogues : [.. byService[service]];
        var dialogue = pool[(int)(cell.SeedDialogue % (ulong)pool.Count)];
        return new SeedConversation(dialogue.Id, BaseConversation.Of(dialogue));
    }
}
