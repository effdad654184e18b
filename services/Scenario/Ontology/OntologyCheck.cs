using DialogueMesh.Contracts;

namespace DialogueMesh.Scenario.Ontology;

/// <summary>What no single file can tell: references between them.</summary>
internal static class OntologyCheck
{
    public static void Verify(OntologyCatalog catalog)
    {
        if (catalog.Regions.Count == 0)
        {
            throw new InputException("The ontology has no region; it needs at least one file in regions/.");
        }

        foreach (var service in catalog.Services.Values)
        {
            VerifySlots(catalog, service);
            VerifyGrammars(catalog, service);
        }
    }

    private static void VerifySlots(OntologyCatalog catalog, ServiceSchema service)
    {
        foreach (var slot in service.Slots.Values)
        {
            var written = service.Entities.Count > 0 && slot.Name == service.Entity?.Key;
            var lacking = written ? default : slot.With.Values.Append(slot.Values).SelectMany(Lists)
                .SelectMany(list => catalog.Regions.Values.Select(region => (list, region))).FirstOrDefault(pair => !pair.region.Lists.ContainsKey(pair.list));
            Require(lacking.list is null, slot, $"its values come from '{lacking.list}', which region '{lacking.region?.Name}' does not have");
            Require(slot.Name != service.Entity?.Key || written || slot.Values is ValueSource.FromRegion, slot, "an entity's key needs values {region: …} or entities.yaml");
            foreach (var other in DependsOn(slot))
            {
                Require(service.Slots.ContainsKey(other), slot, $"it refers to '{other}', which the schema does not have");
                Require(other == slot.DistinctFrom || service.Slots[other].Values is ValueSource.TimeOfDay or ValueSource.TimeAfter, slot, $"it refers to '{other}', which is no time");
            }

            foreach (var end in Ends(slot))
            {
                Require(service.Slots.ContainsKey(end), slot, $"its route names '{end}', which the schema does not have");
            }

            var stranger = slot.With.Keys.FirstOrDefault(other => !catalog.Services.ContainsKey(other));
            Require(stranger is null, slot, $"'with' names '{stranger}', which is no service");
            var unknown = slot.Links.Concat(slot.Lead?.Slots ?? []).Concat(slot.Trail?.Slots ?? []).FirstOrDefault(link => !Exists(catalog, link));
            Require(unknown is null, slot, $"it links to '{unknown}', which no schema has");
        }

        foreach (var slot in service.Slots.Values)
        {
            Require(!Reaches(service, slot, slot.Name, service.Slots.Count), slot, "its value depends on itself");
        }
    }

    private static void Require(bool condition, Slot slot, string problem)
    {
        if (!condition)
        {
            throw new InputException($"{slot.Place}: slot '{slot.Name}': {problem}");
        }
    }

    /// <summary>The regions' lists that values are made of.</summary>
    private static string[] Lists(ValueSource source) => source switch
    {
        ValueSource.FromRegion(var list) => [list],
        ValueSource.Address => ["streets"],
        ValueSource.Person => ["first_names", "last_names"],
        _ => [],
    };

    private static string[] Ends(Slot slot) => slot.Values switch
    {
        ValueSource.TimeAfter { Flight: { } route } => [route.From, route.To],
        ValueSource.TimeAfter { Road.Route: { } route } => [route.From, route.To],
        ValueSource.Money { Fare.Route: { } route } => [route.From, route.To],
        _ => [],
    };

    private static IEnumerable<string> DependsOn(Slot slot)
    {
        string[] times = slot.Values switch
        {
            ValueSource.TimeAfter after => [after.Slot],
            ValueSource.MinutesBetween between => [between.From, between.To],
            _ => [],
        };
        return slot.DistinctFrom is { } distinct ? times.Append(distinct) : times;
    }

    private static bool Reaches(ServiceSchema service, Slot from, string target, int steps) =>
        steps > 0 && DependsOn(from).Any(other => other == target || Reaches(service, service.Slots[other], target, steps - 1));

    private static bool Exists(OntologyCatalog catalog, string link) =>
        link.Split('.') is [var service, var slot] && catalog.Services.TryGetValue(service, out var schema) && schema.Slots.ContainsKey(slot);

    private static void VerifyGrammars(OntologyCatalog catalog, ServiceSchema service)
    {
        if (service.Name != OntologyCatalog.General && service.Companion is null)
        {
            throw new InputException($"Ontology: the schema of '{service.Name}' names no companion category.");
        }

        foreach (var grammar in service.Categories.Values)
        {
            var foreign = grammar.Steps.SelectMany(step => step.Slots).FirstOrDefault(slot => slot.OfSubject
                && catalog.Services.Values.Any(subject => subject.Name != OntologyCatalog.General && !subject.Slots.ContainsKey(slot.Name)));
            if (foreign is not null)
            {
                throw new InputException($"Ontology: '{grammar.Service}.{grammar.Category}' uses subject.{foreign.Name}, which not every service has.");
            }
        }
    }
}
