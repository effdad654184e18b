using System.Collections.Concurrent;
using DialogueMesh.Contracts.Randomness;
using DialogueMesh.Scenario.Ontology;

namespace DialogueMesh.Scenario.Grounding;

/// <summary>A thing that exists: its slots' values.</summary>
public sealed record Entity(string Name, IReadOnlyDictionary<string, string> Values);

/// <summary>
/// What exists in a region: the same restaurants with the same attributes in every dialogue of every run, since they are
/// drawn from their names alone. Thread-safe.
/// </summary>
public sealed class Entities(OntologyCatalog catalog)
{
    private readonly ConcurrentDictionary<(string Region, string Service), IReadOnlyList<Entity>> known = new();

    /// <summary>The entities of a service that has them.</summary>
    public IReadOnlyList<Entity> Of(string region, string service) =>
        known.GetOrAdd((region, service), key => Draw(catalog.Regions[key.Region], catalog.Services[key.Service]));

    private static Entity[] Draw(Region region, ServiceSchema service)
    {
        var schema = service.Entity!;
        if (service.Entities.Count > 0)
        {
            var written = service.Entities.Where(entity => entity.Region is null || entity.Region == region.Name).ToList();
            return [.. (written.Count > 0 ? written : service.Entities).Select(entity => Complete(region, service, entity.Values))];
        }

        var list = ((ValueSource.FromRegion)service.Slots[schema.Key].Values).List;
        return [.. region.Lists[list].Select(item => Complete(
            region, service, new Dictionary<string, string>(item.Attributes, StringComparer.Ordinal) { [schema.Key] = item.Name }))];
    }

    private static Entity Complete(Region region, ServiceSchema service, IReadOnlyDictionary<string, string> written)
    {
        var schema = service.Entity!;
        var name = written[schema.Key];
        var values = written.Where(pair => schema.Slots.Contains(pair.Key)).ToDictionary(StringComparer.Ordinal);
        foreach (var slot in schema.Slots)
        {
            Value(slot);
        }

        return new Entity(name, values);

        string Value(string slot)
        {
            if (!values.TryGetValue(slot, out var value))
            {
                value = ValueDraw.Draw(
                    service.Slots[slot].Values, region, home: region, timeSlot: null, clock: default, subject: null, Value, new SeededRandom("entity", region.Name, service.Name, name, slot));
                values.Add(slot, value);
            }

            return value;
        }
    }
}
