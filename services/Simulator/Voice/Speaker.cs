using System.Text.Json;
using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Prompts;
using DialogueMesh.Contracts.Randomness;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Scenario.Corpora;
using DialogueMesh.Scenario.Ontology;
using DialogueMesh.Scenario.Outlines;
using DialogueMesh.Simulator.Voice.Corpus;
using DialogueMesh.Simulator.Voice.People;
using DialogueMesh.Simulator.Voice.Phrases;

namespace DialogueMesh.Simulator.Voice;

/// <summary>Answers the prompts of this product as a model would, from phrases; the same prompt always gives the same answer.</summary>
public sealed class Speaker
{
    /// <summary>What a prompt's data stands in.</summary>
    private static readonly Dictionary<string, string> Tags = new(StringComparer.Ordinal)
    {
        [PromptNames.Outline] = "blueprint",
        [PromptNames.Freeform] = "brief",
        [PromptNames.Repair] = "repair",
    };

    private readonly OntologyCatalog catalog;
    private readonly CorpusPhrases corpus;
    private readonly OutlinePlanner planner;

    /// <param name="seed">Where phrases are learned from beside the ontology's; null for none.</param>
    public Speaker(OntologyCatalog catalog, SeedCorpus? seed = null)
    {
        this.catalog = catalog;
        corpus = seed is null ? CorpusPhrases.None : CorpusPhrases.Learn(seed, catalog);
        planner = new OutlinePlanner(catalog, ActStatistics.Prior);
    }

    /// <summary>Whether the prompt is one of this product's.</summary>
    public static bool Knows(ChatPrompt prompt) => prompt.SchemaName is { } name
        && (name == PromptNames.Check || (Tags.TryGetValue(name, out var tag) && prompt.User.Contains($"</{tag}>", StringComparison.Ordinal)));

    /// <summary>What the outline has the answer say; nothing where the prompt has no outline.</summary>
    public static IReadOnlyList<string> PlannedValues(ChatPrompt prompt) => Knows(prompt) && prompt.SchemaName == PromptNames.Outline
        ? [.. Data<OutlineBrief>(prompt).Exchanges.SelectMany(exchange => exchange.User.Concat(exchange.Assistant))
            .Select(act => ActLine.Parse(act).Value).OfType<string>().Distinct(StringComparer.Ordinal)]
        : [];

    /// <exception cref="FormatException">The prompt is none of this product's.</exception>
    public string Reply(ChatPrompt prompt)
    {
        var random = new SeededRandom("voice", prompt.RequestHash);
        return prompt.SchemaName switch
        {
            PromptNames.Outline => Outline(Data<OutlineBrief>(prompt), random),
            PromptNames.Freeform => Freeform(Data<FreeformBrief>(prompt), prompt.RequestHash, random),
            PromptNames.Check => """{"ok":true}""",
            PromptNames.Repair => Repair(Data<List<RepairEntry>>(prompt)),
            _ => throw new FormatException($"the simulator only answers this product's prompts, not one with schema '{prompt.SchemaName}'"),
        };
    }

    private static T Data<T>(ChatPrompt prompt)
    {
        var tag = Tags[prompt.SchemaName!];
        var start = prompt.User.IndexOf($"<{tag}>", StringComparison.Ordinal);
        var end = prompt.User.LastIndexOf($"</{tag}>", StringComparison.Ordinal);
        if (start < 0 || end < start)
        {
            throw new FormatException($"the prompt has no <{tag}>");
        }

        var json = prompt.User[(start + tag.Length + 2)..end];
        return JsonSerializer.Deserialize<T>(json, DialogueJson.Compact) ?? throw new FormatException($"<{tag}> is empty");
    }

    private string Outline(OutlineBrief brief, SeededRandom random)
    {
        var conversation = new Conversation(
            catalog, brief.Region, brief.Clock, brief.Resolution, [.. brief.Tasks.Select(Task)], Subject(brief.Category, brief.Services), corpus, random)
        {
            Obstacle = brief.Obstacle,
        };
        var exchanges = brief.Exchanges.Select((exchange, i) => new SpokenExchange(
            [.. exchange.User.Select(ActLine.Parse)], [.. exchange.Assistant.Select(ActLine.Parse)],
            exchange.UserEmotion, exchange.AssistantEmotion, exchange.Note ?? "",
            !brief.Exchanges.Skip(i + 1).Any(later => later.Assistant.Any(act => act.StartsWith(Acts.NotifyFailure, StringComparison.Ordinal))))).ToList();
        return JsonSerializer.Serialize(
            new
            {
                scenario = ScenarioText.Of(
                    new ScenarioFacts(
                        brief.Persona, brief.Region, brief.TimeSlot, brief.Clock, brief.Goal, exchanges[0].UserEmotion,
                        Colour.Arrives(exchanges, brief.Region), brief.Resolution, brief.Obstacle),
                    random),
                exchanges = Speak(conversation, exchanges, new Colour(exchanges, brief.TimeSlot, brief.Persona, conversation)).Select(said => new { user = said.User, assistant = said.Assistant }),
            },
            DialogueJson.Compact);
    }

    private static List<(string User, string Assistant)> Speak(Conversation conversation, List<SpokenExchange> exchanges, Colour colour)
    {
        conversation.Alone = exchanges.Exists(exchange => exchange.User.Any(act => act is { Slot: "people" or "bookpeople" or "guests", Value: "1" }));
        var words = new List<(string User, string Assistant)>();
        IReadOnlyList<Contracts.Blueprints.PlannedAct> heard = [];
        for (var i = 0; i < exchanges.Count; i++)
        {
            var exchange = exchanges[i];
            var user = new UserSpeech(conversation, exchange, heard, i > 0 && exchanges[i - 1].Holds, first: i == 0, colour.At(i)).Speak();
            conversation.Hear(exchange.User);
            var assistant = new AssistantSpeech(conversation, exchange, exchange.User).Speak();
            conversation.Hear(exchange.Assistant);
            conversation.OffersToAct = Sentences.OffersToAct(assistant);
            // The question stands while the user looks for the answer.
            heard = exchange.UserLooks ? heard : exchange.Assistant;
            words.Add((user, assistant));
        }

        return words;
    }

    private SpokenTask Task(TaskBrief task)
    {
        if (!catalog.Services.TryGetValue(task.Service, out var schema) || !schema.Categories.TryGetValue(task.Category, out var grammar))
        {
            throw new FormatException($"the simulator's ontology has no category '{task.Service}.{task.Category}'");
        }

        return new SpokenTask(schema, grammar, task.Main, task.Outcome);
    }

    private static string? Subject(string category, IReadOnlyList<string> services) =>
        category.StartsWith(OntologyCatalog.General + ".", StringComparison.Ordinal) ? services[0] : null;

    /// <summary>A free prompt has no outline, so the simulator makes one of its own.</summary>
    private string Freeform(FreeformBrief brief, string requestHash, SeededRandom random)
    {
        var cell = new Cell
        {
            Ordinal = 0,
            Services = brief.Services,
            Category = brief.Category,
            Region = brief.Region,
            TimeSlot = brief.TimeSlot,
            Resolution = brief.Resolution,
            UserEmotion = brief.UserEmotion,
            AssistantEmotion = brief.AssistantEmotion,
            Persona = new PersonaDraw(PersonaGrouping.Cluster, 0),
            SeedDialogue = 0,
            Turns = new IntRange(brief.MinExchanges, brief.MaxExchanges),
            Sampling = new Sampling(1, 1, 0, 0),
        };
        var plan = planner.Plan(cell, requestHash);
        var tasks = plan.Goal.Tasks.Select(task => Task(new TaskBrief(task.Service, task.Category, task.Intent, task.Outcome, task.Primary))).ToList();
        var conversation = new Conversation(catalog, brief.Region, brief.Clock, brief.Resolution, tasks, Subject(brief.Category, brief.Services), corpus, random)
        {
            Obstacle = plan.Goal.Tasks.First(task => task.Primary).Obstacle,
        };
        var exchanges = plan.Exchanges.Select((exchange, i) => new SpokenExchange(
            exchange.User, exchange.Assistant, exchange.UserEmotion, exchange.AssistantEmotion, exchange.Note,
            !plan.Exchanges.Skip(i + 1).Any(later => later.Assistant.Any(act => act.Act == Acts.NotifyFailure)))).ToList();
        var facts = new ScenarioFacts(
            brief.Persona, brief.Region, brief.TimeSlot, brief.Clock, plan.Goal.Description, brief.UserEmotion,
            Colour.Arrives(exchanges, brief.Region), brief.Resolution, conversation.Obstacle);
        return JsonSerializer.Serialize(
            new
            {
                scenario = ScenarioText.Of(facts, random),
                exchanges = Speak(conversation, exchanges, new Colour(exchanges, brief.TimeSlot, brief.Persona, conversation)).Select((said, i) => new
                {
                    user = said.User,
                    intent = plan.Exchanges[i].ActiveIntent,
                    user_emotion = plan.Exchanges[i].UserEmotion,
                    assistant = said.Assistant,
                    assistant_emotion = plan.Exchanges[i].AssistantEmotion,
                }),
            },
            DialogueJson.Compact);
    }

    private static string Repair(List<RepairEntry> entries) => JsonSerializer.Serialize(
        new
        {
            exchanges = entries.Select(entry => new
            {
                number = entry.Number,
                user = Mend(entry.User, entry.UserMisses),
                assistant = Mend(entry.Assistant, entry.AssistantMisses),
            }),
        },
        DialogueJson.Compact);

    private static string Mend(string utterance, IReadOnlyList<string> misses) =>
        misses.Count == 0 ? utterance : $"{utterance} That's {Sentences.List(misses)}.";
}
