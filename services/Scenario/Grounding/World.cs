using DialogueMesh.Contracts.Randomness;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Scenario.Ontology;

namespace DialogueMesh.Scenario.Grounding;

/// <summary>A grounded value, with the "service.slot" it was taken over from.</summary>
public readonly record struct Grounded(string Value, string? CopyFrom);

/// <summary>
/// What holds in one dialogue: the entities it is about and the value of every slot. Each slot has a random stream of
/// its own, so that a value does not depend on which others were asked for before.
/// </summary>
internal sealed class World(Draws draws, string? subject)
{
    private const int DistinctTries = 24;

    private readonly Dictionary<(string Service, string Slot, int Variant), Grounded> values = [];
    private readonly HashSet<string> stated = [];

    public OntologyCatalog Catalog => draws.Catalog;

    public Cell Cell => draws.Cell;

    public string? Subject => subject;

    public SeededRandom Stream(params ReadOnlySpan<object> key) => draws.Stream(key);

    /// <summary>Marks a value as said in the dialogue, so that later slots may take it over.</summary>
    public void State(string service, string slot) => stated.Add($"{service}.{slot}");

    /// <summary>The value of a slot; <paramref name="variant"/> 0 is the one that holds in the end, others are alternatives.</summary>
    public Grounded ValueOf(string service, string slot, int variant = 0)
    {
        if (!values.TryGetValue((service, slot, variant), out var value))
        {
            value = Ground(service, slot, variant);
            values.Add((service, slot, variant), value);
        }

        return value;
    }

    /// <summary>Another value than planned holds in the end.</summary>
    public void Settle(string service, string slot, string value) => values[(service, slot, 0)] = new Grounded(value, null);

    /// <summary>The entity that the user ends up with.</summary>
    public Entity Goal(string service) => draws.Goal(service);

    /// <summary>Other entities that share the goal entity's values of <paramref name="constraints"/>, in a random order.</summary>
    public IReadOnlyList<Entity> Alternatives(string service, IEnumerable<string> constraints)
    {
        var goal = Goal(service);
        var shared = constraints.Where(goal.Values.ContainsKey).ToList();
        var others = draws.EntitiesOf(service)
            .Where(entity => entity.Name != goal.Name && shared.TrueForAll(slot => entity.Values[slot] == goal.Values[slot])).ToList();
        Stream("alternatives", service).Shuffle(others);
        return others;
    }

    private Grounded Ground(string service, string slot, int variant)
    {
        var schema = Catalog.Services[service];
        if (variant == 0 && schema.Entity is { } entity && entity.Slots.Contains(slot))
        {
            return new Grounded(Goal(service).Values[slot], null);
        }

        if (variant == 0 && TakenOver(schema.Slots[slot], service) is { } taken)
        {
            return taken;
        }

        if (variant == 0 && (LeadingUpTo(service, schema.Slots[slot].Lead) ?? Following(service, schema.Slots[slot].Trail)) is { } time)
        {
            return new Grounded(time, null);
        }

        if (variant > 0 || !StandsAlone(schema.Slots[slot], SourceOf(schema, slot)))
        {
            return new Grounded(DrawDistinct(schema, slot, variant), null);
        }

        if (!draws.Values.TryGetValue((service, slot), out var value))
        {
            value = DrawDistinct(schema, slot, variant);
            draws.Values.Add((service, slot), value);
        }

        return new Grounded(value, null);
    }

    /// <summary>Whether the value depends on no other slot's.</summary>
    private static bool StandsAlone(Slot slot, ValueSource source) =>
        slot.DistinctFrom is null && source is not (ValueSource.TimeAfter or ValueSource.MinutesBetween or ValueSource.Money { Fare: not null });

    /// <summary>
    /// How the values of a slot come about in this dialogue: a journey booked along with a stay leads to where the stay is. Only
    /// where the journey is booked here and the user is yet to go there; one that exists already goes its own way.
    /// </summary>
    private ValueSource SourceOf(ServiceSchema schema, string name)
    {
        var slot = schema.Slots[name];
        if (slot.With.Count == 0 || ((Primary.OnSite || Primary.GivesUp) && schema.Slots.Values.Any(end => end.With.Values.Any(source => source is ValueSource.Here))) || (draws.Cell.Category != $"{schema.Name}.{schema.Companion}" && draws.Cell.Category.StartsWith(schema.Name + ".", StringComparison.Ordinal)))
        {
            return slot.Values;
        }

        var other = draws.Cell.Services.FirstOrDefault(slot.With.ContainsKey);
        return other is null ? slot.Values : slot.With[other];
    }

    /// <summary>Whether the user names a day for what they want of a service, so that its times need not lie ahead today.</summary>
    private bool IsOnNamedDay(ServiceSchema schema)
    {
        var grammar = schema.Name == Primary.Service ? Primary : schema.Companion is { } companion ? schema.Categories[companion] : null;
        return grammar?.Steps.SelectMany(step => step.Slots).Any(
            slot => !slot.Optional && schema.Slots.GetValueOrDefault(slot.Name)?.Values is ValueSource.Day or ValueSource.Date) == true;
    }

    private Grounded? TakenOver(Slot slot, string service)
    {
        var source = slot.Links.FirstOrDefault(link => stated.Contains(link) && !link.StartsWith(service + ".", StringComparison.Ordinal) && !GivenUp(link));
        if (source is null)
        {
            return null;
        }

        var dot = source.IndexOf('.', StringComparison.Ordinal);
        return new Grounded(ValueOf(source[..dot], source[(dot + 1)..]).Value, source);
    }

    /// <summary>What the user mainly came for.</summary>
    private GoalGrammar Primary
    {
        get
        {
            var dot = draws.Cell.Category.IndexOf('.', StringComparison.Ordinal);
            return Catalog.Services[draws.Cell.Category[..dot]].Categories[draws.Cell.Category[(dot + 1)..]];
        }
    }

    /// <summary>Whether it is the place of a booking that is being cancelled.</summary>
    private bool GivenUp(string link) => Primary.GivesUp && Catalog.Services[Primary.Service].Entity is { } entity && link == $"{Primary.Service}.{entity.Key}";

    /// <summary>A time before that of the service from which this one took a value over (the place that a taxi goes to).</summary>
    private string? LeadingUpTo(string service, Lead? lead)
    {
        if (lead is null)
        {
            return null;
        }

        var tied = TiedTo(service);
        return lead.Slots.FirstOrDefault(slot => stated.Contains(slot) && tied.Contains(slot.Split('.')[0])) is { } source
            ? Shifted(service, lead, source, sign: -1)
            : null;
    }

    /// <summary>A time after that of a journey which brings the user to the place that this service is tied to.</summary>
    private string? Following(string service, Lead? trail)
    {
        if (trail is null)
        {
            return null;
        }

        var tied = TiedTo(service);
        return trail.Slots.FirstOrDefault(slot => stated.Contains(slot) && Brings(slot.Split('.')[0], tied)) is { } source
            ? Shifted(service, trail, source, sign: 1)
            : null;
    }

    private bool Brings(string journey, HashSet<string> places)
    {
        var schema = Catalog.Services[journey];
        return schema.Slots.Values.Any(slot => slot.With.Keys.Any(places.Contains) && SourceOf(schema, slot.Name) != slot.Values);
    }

    /// <summary>The services from which this one took a value over.</summary>
    private HashSet<string> TiedTo(string service) =>
        values.Where(pair => pair.Key.Service == service && pair.Key.Variant == 0 && pair.Value.CopyFrom is not null)
            .Select(pair => pair.Value.CopyFrom!.Split('.')[0]).ToHashSet(StringComparer.Ordinal);

    private string Shifted(string service, Lead lead, string source, int sign)
    {
        var parts = source.Split('.');
        var minutes = 5 * Stream("lead", service, source).Between((lead.MinMinutes + 4) / 5, lead.MaxMinutes / 5);
        return ValueDraw.Time(ValueDraw.Parse(ValueOf(parts[0], parts[1]).Value).AddMinutes(sign * minutes));
    }

    /// <summary>A value unlike those of the slot's lower variants and of the slot it must differ from.</summary>
    private string DrawDistinct(ServiceSchema schema, string name, int variant)
    {
        var slot = schema.Slots[name];
        var source = SourceOf(schema, name);
        var random = Stream("value", schema.Name, name, variant);
        var value = "";
        for (var i = 0; i < DistinctTries; i++)
        {
            value = ValueDraw.Draw(source, draws.Region, draws.Home, IsOnNamedDay(schema) ? null : draws.TimeSlot, draws.Clock, subject, other => Other(schema.Name, other, variant), random);
            var taken = (slot.DistinctFrom is { } distinct && ValueOf(schema.Name, distinct).Value == value)
                || Enumerable.Range(0, variant).Any(lower => ValueOf(schema.Name, name, lower).Value == value);
            if (!taken)
            {
                break;
            }
        }

        return value;
    }

    /// <summary>What has been said holds for every variant of what depends on it.</summary>
    private string Other(string service, string slot, int variant) =>
        ValueOf(service, slot, stated.Contains($"{service}.{slot}") ? 0 : variant).Value;
}
