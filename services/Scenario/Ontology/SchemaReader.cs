using YamlDotNet.RepresentationModel;

namespace DialogueMesh.Scenario.Ontology;

/// <summary>services/&lt;service&gt;/schema.yaml.</summary>
internal static class SchemaReader
{
    public static ServiceSchema Read(string path)
    {
        var file = YamlFile.Load(path);
        var name = file.Text(file.Root, "service");
        var slots = new Dictionary<string, Slot>(StringComparer.Ordinal);
        foreach (var (key, node) in file.Entries(file.Required(file.Root, "slots")))
        {
            slots.Add(key, ReadSlot(file, key, file.Map(node)));
        }

        if (!slots.ContainsKey("ref"))
        {
            throw file.Fault(file.Root, $"service '{name}' has no slot 'ref' (the booking or case reference)");
        }

        return new ServiceSchema
        {
            Name = name,
            Noun = file.OptionalText(file.Root, "noun") ?? name,
            Booking = file.OptionalText(file.Root, "booking") ?? $"{name} booking",
            Companion = file.OptionalText(file.Root, "companion"),
            Entity = YamlFile.Optional(file.Root, "entity") is { } entity ? ReadEntity(file, file.Map(entity), slots) : null,
            Slots = slots,
            Visitors = YamlFile.Optional(file.Root, "visitors") is { } visitors && file.Flag(visitors),
            Categories = new Dictionary<string, GoalGrammar>(),
            Listed = YamlFile.Optional(file.Root, "aside") is { } aside ? ReadAside(file, aside, slots) : null,
        };
    }

    public static IReadOnlyList<string> ReadAside(YamlFile file, YamlNode node, IReadOnlyDictionary<string, Slot> slots)
    {
        var names = file.Texts(node);
        return names.FirstOrDefault(name => !slots.TryGetValue(name, out var slot) || !slot.CanBeAsked) is { } wrong
            ? throw file.Fault(node, $"'{wrong}' is no slot with want and give, so nobody can ask about it")
            : names;
    }

    private static EntitySchema ReadEntity(YamlFile file, YamlMappingNode map, Dictionary<string, Slot> slots)
    {
        var entity = new EntitySchema(file.Text(map, "key"), file.Texts(file.Required(map, "slots")));
        var unknown = entity.Slots.Append(entity.Key).FirstOrDefault(slot => !slots.ContainsKey(slot));
        return unknown is null ? entity : throw file.Fault(map, $"the entity's slot '{unknown}' is not among the slots");
    }

    private static Slot ReadSlot(YamlFile file, string name, YamlMappingNode map)
    {
        var label = file.OptionalText(map, "label") ?? name;
        var values = file.Required(map, "values");
        return new Slot
        {
            Name = name,
            Place = file.Place(map),
            Label = label,
            Values = ReadValues(file, values),
            With = YamlFile.Optional(map, "with") is { } with
                ? file.Entries(with).ToDictionary(entry => entry.Key, entry => ReadValues(file, entry.Value), StringComparer.Ordinal)
                : new Dictionary<string, ValueSource>(),
            DistinctFrom = file.OptionalText(map, "distinct")
                ?? (values is YamlMappingNode form ? file.OptionalText(form, "distinct") : null),
            Links = file.OptionalTexts(map, "links"),
            Lead = YamlFile.Optional(map, "before") is { } before ? ReadLead(file, file.Map(before)) : null,
            Trail = YamlFile.Optional(map, "after") is { } after ? ReadLead(file, file.Map(after)) : null,
            Aliases = file.OptionalTexts(map, "aliases"),
            Phrases = new SlotPhrases(
                Or(file.OptionalTexts(map, "frag"), $"with {label} {{v}}"),
                Or(file.OptionalTexts(map, "ask"), $"What {label} would you like?", $"Could you tell me the {label}?"),
                Or(file.OptionalTexts(map, "answer"), "{v}", "{v}, please"),
                file.OptionalTexts(map, "want"),
                file.OptionalTexts(map, "give")),
        };
    }

    private static Lead ReadLead(YamlFile file, YamlMappingNode map)
    {
        var (low, high) = file.Pair(file.Required(map, "minutes"));
        var lead = new Lead(file.Texts(file.Required(map, "slots")), file.Integer(low), file.Integer(high));
        return lead.MinMinutes >= 0 && lead.MinMinutes <= lead.MaxMinutes ? lead : throw file.Fault(map, "the range of minutes is empty");
    }

    private static IReadOnlyList<string> Or(IReadOnlyList<string> written, params string[] plain) =>
        written.Count > 0 ? written : plain;

    private static ValueSource ReadValues(YamlFile file, YamlNode node)
    {
        if (node is YamlSequenceNode)
        {
            return new ValueSource.OneOf(file.SomeTexts(node));
        }

        var map = file.Map(node);
        foreach (var (key, value) in file.Entries(map))
        {
            switch (key)
            {
                case "region": return new ValueSource.FromRegion(file.Text(value));
                case "number": return ReadNumber(file, map, value);
                case "time": return ReadTime(file, value);
                case "time_after": return ReadTimeAfter(file, map, value);
                case "minutes_between": return ReadMinutesBetween(file, value);
                case "money": return ReadMoney(file, map, value);
                case "code": return new ValueSource.Code(file.Text(value));
                case "phone": return new ValueSource.Phone();
                case "address": return new ValueSource.Address();
                case "person": return new ValueSource.Person(Guest: file.Text(value) == "guest");
                case "date": return new ValueSource.Date();
                case "day": return new ValueSource.Day();
                case "here": return new ValueSource.Here();
                case "by_subject": return ReadBySubject(file, value);
            }
        }

        throw file.Fault(node, "unknown form of values; docs/ontology.md lists the forms");
    }

    private static ValueSource.Number ReadNumber(YamlFile file, YamlMappingNode map, YamlNode value)
    {
        var (low, high) = file.Pair(value);
        var step = YamlFile.Optional(map, "step") is { } node ? file.Integer(node) : 1;
        var number = new ValueSource.Number(file.Integer(low), file.Integer(high), step);
        return number.Min <= number.Max && step > 0 ? number : throw file.Fault(value, "the range is empty");
    }

    private static ValueSource.TimeOfDay ReadTime(YamlFile file, YamlNode value)
    {
        var (low, high) = file.Pair(value);
        var time = new ValueSource.TimeOfDay(file.Time(low), file.Time(high));
        return time.Min <= time.Max ? time : throw file.Fault(value, "the range is empty");
    }

    private static ValueSource.TimeAfter ReadTimeAfter(YamlFile file, YamlMappingNode map, YamlNode value)
    {
        var (low, high) = file.Pair(file.Required(map, "minutes"));
        var after = new ValueSource.TimeAfter(file.Text(value), file.Integer(low), file.Integer(high), ReadRoute(file, map, "flight"), ReadOverland(file, map));
        return after.MinMinutes >= 0 && (after.MinMinutes + 4) / 5 <= after.MaxMinutes / 5
            ? after
            : throw file.Fault(value, "no multiple of 5 is in the range of minutes");
    }

    private static ValueSource.MinutesBetween ReadMinutesBetween(YamlFile file, YamlNode value)
    {
        var (from, to) = file.Pair(value);
        return new ValueSource.MinutesBetween(file.Text(from), file.Text(to));
    }

    private static ValueSource.Money ReadMoney(YamlFile file, YamlMappingNode map, YamlNode value)
    {
        var (min, max) = ReadAmounts(file, value);
        if (YamlFile.Optional(map, "per_hour") is not { } hourly)
        {
            return new ValueSource.Money(min, max, null);
        }

        var (least, most) = ReadAmounts(file, hourly);
        return new ValueSource.Money(min, max, new HourlyFare(least, most, ReadRoute(file, map, "flight") ?? throw file.Fault(map, "per_hour needs flight: [from, to]")));
    }

    private static (decimal Min, decimal Max) ReadAmounts(YamlFile file, YamlNode value)
    {
        var (low, high) = file.Pair(value);
        var (min, max) = (file.Amount(low), file.Amount(high));
        return min <= max ? (min, max) : throw file.Fault(value, "the range is empty");
    }

    private static Route? ReadRoute(YamlFile file, YamlMappingNode map, string key)
    {
        if (YamlFile.Optional(map, key) is not { } ends)
        {
            return null;
        }

        var (from, to) = file.Pair(ends);
        return new Route(file.Text(from), file.Text(to));
    }

    private static Overland? ReadOverland(YamlFile file, YamlMappingNode map)
    {
        if (ReadRoute(file, map, "road") is not { } route)
        {
            return null;
        }

        var pace = file.Required(map, "pace");
        var (low, high) = file.Pair(pace);
        var road = new Overland(route, file.Integer(low), file.Integer(high));
        return road.MinPercent > 0 && road.MinPercent <= road.MaxPercent ? road : throw file.Fault(pace, "the range of percent is empty");
    }

    private static ValueSource.BySubject ReadBySubject(YamlFile file, YamlNode value)
    {
        var values = file.Entries(value).ToDictionary(pair => pair.Key, pair => file.SomeTexts(pair.Value), StringComparer.Ordinal);
        return values.ContainsKey("other") ? new ValueSource.BySubject(values) : throw file.Fault(value, "'other' is missing");
    }
}
