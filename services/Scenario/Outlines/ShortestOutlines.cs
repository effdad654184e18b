using DialogueMesh.Contracts.Runs;
using DialogueMesh.Scenario.Corpora;
using DialogueMesh.Scenario.Ontology;

namespace DialogueMesh.Scenario.Outlines;

/// <summary>How short the outlines of a service combination can be made, whatever their category and resolution.</summary>
public sealed class ShortestOutlines(OntologyCatalog catalog)
{
    private readonly OutlinePlanner planner = new(catalog, ActStatistics.Prior);
    private readonly Dictionary<string, int> lengths = new(StringComparer.Ordinal);

    /// <returns>In exchanges: the longest of its shortest outlines.</returns>
    public int Of(ServiceCombination combination)
    {
        var alone = combination.Services.ToDictionary(service => service, Companion, StringComparer.Ordinal);
        var primaries = combination.Services.Select(service => alone.Values.Sum() - alone[service] + Longest(service, service));
        var general = catalog.Services.ContainsKey(OntologyCatalog.General)
            ? alone.Values.Sum() - alone[combination.Services[0]] + Longest(OntologyCatalog.General, combination.Services[0])
            : 0;
        return Math.Max(primaries.Max(), general);
    }

    private int Companion(string service) => Length(service, service, catalog.Services[service].Companion!, Resolutions.Resolved);

    private int Longest(string service, string subject) => catalog.Services[service].Categories.Keys
        .Max(category => catalog.Plan.Resolutions.Max(resolution => Length(service, subject, category, resolution.Value)));

    private int Length(string service, string subject, string category, string resolution)
    {
        var key = $"{service}/{subject}/{category}/{resolution}";
        if (!lengths.TryGetValue(key, out var length))
        {
            length = planner.Plan(Sample(service, subject, category, resolution), key).Exchanges.Count;
            lengths.Add(key, length);
        }

        return length;
    }

    /// <summary>A cell that asks for no more than one exchange.</summary>
    private Cell Sample(string service, string subject, string category, string resolution) => new()
    {
        Ordinal = 0,
        Services = [subject],
        Category = $"{service}.{category}",
        Region = catalog.Regions.Keys.First(),
        TimeSlot = catalog.Plan.TimeSlots.Keys.First(),
        Resolution = resolution,
        UserEmotion = catalog.Plan.UserEmotions[0],
        AssistantEmotion = catalog.Plan.AssistantEmotions[0],
        Persona = new PersonaDraw(PersonaGrouping.Cluster, 0),
        SeedDialogue = 0,
        Turns = new IntRange(1, 1),
        Sampling = new Sampling(1, 1, 0, 0),
    };
}
