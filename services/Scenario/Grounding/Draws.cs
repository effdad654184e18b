using DialogueMesh.Contracts.Randomness;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Scenario.Ontology;

namespace DialogueMesh.Scenario.Grounding;

/// <summary>What is drawn for a candidate whatever its outline: a world draws each once, and the next world of the same candidate finds it.</summary>
internal sealed class Draws(OntologyCatalog catalog, Entities entities, Cell cell, string streamKey)
{
    /// <summary>The share of a hotel's or an airline's customers that come from another region.</summary>
    private const double VisitorsFromElsewhere = 0.6;

    private readonly Dictionary<string, Entity> goals = new(StringComparer.Ordinal);

    public OntologyCatalog Catalog => catalog;

    public Cell Cell => cell;

    public Region Region { get; } = catalog.Regions[cell.Region];

    /// <summary>Where the user comes from.</summary>
    public Region Home { get; } = HomeOf(catalog, cell, new SeededRandom(streamKey, "home"));

    public TimeSlot TimeSlot { get; } = catalog.Plan.TimeSlots[cell.TimeSlot];

    public TimeOnly Clock { get; } = ValueDraw.Clock(catalog.Plan.TimeSlots[cell.TimeSlot], streamKey);

    /// <summary>Values that depend on no other slot's.</summary>
    public Dictionary<(string Service, string Slot), string> Values { get; } = [];

    public SeededRandom Stream(params ReadOnlySpan<object> key) => new([streamKey, .. key]);

    public IReadOnlyList<Entity> EntitiesOf(string service) => entities.Of(cell.Region, service);

    private static Region HomeOf(OntologyCatalog catalog, Cell cell, SeededRandom random)
    {
        var visits = cell.Services.Any(service => catalog.Services[service].Visitors) && random.Chance(VisitorsFromElsewhere);
        return visits ? random.Pick([.. catalog.Regions.Values]) : catalog.Regions[cell.Region];
    }

    /// <summary>The entity that the user ends up with.</summary>
    public Entity Goal(string service)
    {
        if (!goals.TryGetValue(service, out var goal))
        {
            goal = Stream("goal", service).Pick(EntitiesOf(service));
            goals.Add(service, goal);
        }

        return goal;
    }
}
