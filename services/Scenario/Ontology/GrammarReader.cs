using YamlDotNet.RepresentationModel;

namespace DialogueMesh.Scenario.Ontology;

/// <summary>services/&lt;service&gt;/grammar.yaml, checked against the service's schema.</summary>
internal static class GrammarReader
{
    public static IReadOnlyDictionary<string, GoalGrammar> Read(string path, ServiceSchema schema)
    {
        var file = YamlFile.Load(path);
        var grammars = new Dictionary<string, GoalGrammar>(StringComparer.Ordinal);
        foreach (var (category, node) in file.Entries(file.Required(file.Root, "categories")))
        {
            var grammar = ReadCategory(file, schema, category, file.Map(node));
            if (grammars.Values.Any(other => other.Intent == grammar.Intent))
            {
                throw file.Fault(node, $"intent '{grammar.Intent}' is used by another category of '{schema.Name}'");
            }

            grammars.Add(category, grammar);
        }

        if (schema.Companion is { } companion && !grammars.ContainsKey(companion))
        {
            throw file.Fault(file.Root, $"the schema's companion '{companion}' is not among the categories");
        }

        return grammars;
    }

    private static GoalGrammar ReadCategory(YamlFile file, ServiceSchema schema, string category, YamlMappingNode map)
    {
        var steps = file.Sequence(file.Required(map, "steps")).Select(node => ReadStep(file, schema, file.Map(node))).ToList();
        if (steps.Count == 0 || steps[^1].Kind is not (StepKind.Do or StepKind.Ask or StepKind.Tell))
        {
            throw file.Fault(map, $"the last step of '{category}' must be do, ask or tell: what the user came for");
        }

        var troubles = file.Sequence(file.Required(map, "troubles")).Select(node => ReadTrouble(file, steps, schema, file.Map(node))).ToList();
        if (troubles.Count == 0)
        {
            throw file.Fault(map, $"'{category}' needs at least one trouble: without it nothing can fail or be escalated");
        }

        return new GoalGrammar
        {
            Service = schema.Name,
            Category = category,
            Intent = file.Text(map, "intent"),
            Goal = file.Text(map, "goal"),
            Open = file.SomeTexts(file.Required(map, "open")),
            Steps = steps,
            Say = YamlFile.Optional(map, "say") is { } say
                ? file.Entries(say).ToDictionary(pair => pair.Key, pair => file.Texts(pair.Value), StringComparer.Ordinal)
                : new Dictionary<string, IReadOnlyList<string>>(),
            Troubles = troubles,
            OnSite = YamlFile.Optional(map, "on_site") is { } there && file.Flag(there),
            GivesUp = YamlFile.Optional(map, "gives_up") is { } flag && file.Flag(flag),
            Aside = YamlFile.Optional(map, "aside") is { } aside ? SchemaReader.ReadAside(file, aside, schema.Slots) : null,
        };
    }

    private static Step ReadStep(YamlFile file, ServiceSchema schema, YamlMappingNode map)
    {
        foreach (var (key, value) in file.Entries(map))
        {
            if (Enum.TryParse<StepKind>(key, ignoreCase: true, out var kind) && char.IsLetter(key[0]) && Enum.IsDefined(kind))
            {
                var slots = file.Sequence(value).Select(node => ReadStepSlot(file, schema, node)).ToList();
                return slots.Count > 0 || kind == StepKind.Do
                    ? new Step(kind, file.OptionalText(map, "id") ?? key, slots, file.OptionalText(map, "about") ?? "")
                    : throw file.Fault(value, $"a step '{key}' needs slots");
            }
        }

        throw file.Fault(map, "a step is one of give, offer, ask, tell, confirm, do");
    }

    private static StepSlot ReadStepSlot(YamlFile file, ServiceSchema schema, YamlNode node)
    {
        var text = file.Text(node);
        var optional = text.EndsWith('?');
        var name = optional ? text[..^1] : text;
        var ofSubject = name.StartsWith("subject.", StringComparison.Ordinal);
        name = ofSubject ? name["subject.".Length..] : name;
        return ofSubject || schema.Slots.ContainsKey(name)
            ? new StepSlot(name, ofSubject, optional)
            : throw file.Fault(node, $"slot '{name}' is not in the schema of '{schema.Name}'");
    }

    private static Trouble ReadTrouble(YamlFile file, List<Step> steps, ServiceSchema schema, YamlMappingNode map)
    {
        var trouble = new Trouble
        {
            Id = file.Text(map, "id"),
            At = file.Text(map, "at"),
            About = file.Text(map, "about"),
            Says = file.SomeTexts(file.Required(map, "says")),
            Failed = file.OptionalTexts(map, "failed"),
            Desk = file.Text(map, "desk"),
            Escalated = file.OptionalTexts(map, "escalated"),
            Recover = file.OptionalText(map, "recover"),
        };
        var struck = steps.Find(step => step.Strikes(trouble.At))
            ?? throw file.Fault(map, $"trouble '{trouble.Id}' strikes at '{trouble.At}', which no step is");
        if (struck.Kind == StepKind.Give)
        {
            throw file.Fault(map, $"trouble '{trouble.Id}' strikes at a step of the user's; let it strike at one of the assistant's");
        }

        return trouble.Recover is null || schema.Slots.ContainsKey(trouble.Recover)
            ? trouble
            : throw file.Fault(map, $"slot '{trouble.Recover}' is not in the schema of '{schema.Name}'");
    }

    /// <summary>Whether a trouble at <paramref name="at"/> strikes this step: by id, by kind, unless every slot is optional.</summary>
    public static bool Strikes(this Step step, string at) =>
        (step.Id == at || step.Kind.ToString().Equals(at, StringComparison.OrdinalIgnoreCase))
        && (step.Slots.Count == 0 || step.Slots.Any(slot => !slot.Optional));
}
