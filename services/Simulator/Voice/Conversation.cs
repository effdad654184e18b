using System.Globalization;
using DialogueMesh.Contracts.Blueprints;
using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Randomness;
using DialogueMesh.Scenario.Ontology;
using DialogueMesh.Scenario.Outlines;
using DialogueMesh.Simulator.Voice.Corpus;
using DialogueMesh.Simulator.Voice.Phrases;

namespace DialogueMesh.Simulator.Voice;

/// <summary>A task as the speaker knows it.</summary>
internal sealed record SpokenTask(ServiceSchema Schema, GoalGrammar Grammar, bool Main, string Outcome);

/// <summary>One exchange to be put into words.</summary>
/// <param name="FinalFailure">Whether no later exchange tells of a failure.</param>
internal sealed record SpokenExchange(
    IReadOnlyList<PlannedAct> User, IReadOnlyList<PlannedAct> Assistant, string UserEmotion, string AssistantEmotion, string Note, bool FinalFailure)
{
    /// <summary>Whether the assistant asks the user to wait.</summary>
    public bool Holds => Note.Contains(OutlineNotes.AssistantChecks, StringComparison.Ordinal);

    /// <summary>Whether the user asks the assistant to wait.</summary>
    public bool UserLooks => Note.Contains(OutlineNotes.UserNeedsMoment, StringComparison.Ordinal);

    /// <summary>Whether the assistant asks for leave to carry out what it tells.</summary>
    public bool AsksToGoAhead => Note.Contains(OutlineNotes.AsksToGoAhead, StringComparison.Ordinal);

    /// <summary>Whether the assistant says again that it does not work.</summary>
    public bool StaysNo => Note.Contains(OutlineNotes.NoOtherWay, StringComparison.Ordinal) || Note.Contains(OutlineNotes.AnswerStands, StringComparison.Ordinal);
}

/// <summary>What has been said so far in one dialogue, and which phrases were used: none is used twice while others are left.</summary>
internal sealed class Conversation(OntologyCatalog catalog, string region, string clock, string resolution, IReadOnlyList<SpokenTask> tasks, string? subject, CorpusPhrases corpus, SeededRandom random)
{
    private const double CorpusChance = 0.4;

    /// <summary>Openings are what a dialogue is told apart by, and a corpus repeats few of them.</summary>
    private const double CorpusOpeningChance = 0.15;

    private readonly Dictionary<(string Service, string Slot), string> said = [];
    private readonly HashSet<string> used = new(StringComparer.Ordinal);

    public SeededRandom Random => random;

    public string Resolution => resolution;

    public string Region => region;

    /// <summary>What the one who speaks feels, where it shows in the choice of words.</summary>
    public string? Feeling { get; set; }

    /// <summary>Whether the user has just said how they feel.</summary>
    public bool MoodShown { get; set; }

    /// <summary>Whether the user has said so at all.</summary>
    public bool MoodKnown { get; set; }

    /// <summary>Whether the assistant's manner has shown in words.</summary>
    public bool MannerKnown { get; set; }

    /// <summary>Whether the user is on their own, and so never "we".</summary>
    public bool Alone { get; set; }

    /// <summary>Whether the assistant's last words were "shall I?" rather than "is that right?".</summary>
    public bool OffersToAct { get; set; }

    /// <summary>Why the main task fails or is handed over.</summary>
    public string? Obstacle { get; init; }

    public IReadOnlyList<SpokenTask> Tasks => tasks;

    /// <summary>The task of a service; what concerns a booking that none is about belongs to the general one.</summary>
    public SpokenTask Task(string service) =>
        tasks.FirstOrDefault(task => task.Schema.Name == service) ?? tasks.FirstOrDefault(task => task.Schema.Name == OntologyCatalog.General) ?? tasks[0];

    public Slot Slot(PlannedAct act) => catalog.Services[act.Service].Slots[act.Slot!];

    /// <summary>How the user gets from one task to this one.</summary>
    public static IReadOnlyList<string> Bridges(SpokenTask task) =>
        !task.Main ? Phrasebook.Default["user.next"]
        : task.Grammar.Category == task.Schema.Companion ? Phrasebook.Default["user.main"]
        : [.. Phrasebook.Default["user.main"], .. Phrasebook.Default["user.main_hard"]];

    public void Hear(IEnumerable<PlannedAct> acts)
    {
        foreach (var act in acts.Where(act => act is { Slot: not null, Value: not null }))
        {
            said[(act.Service, act.Slot!)] = act.Value!;
        }
    }

    /// <summary>A phrase of a path or list that needs no slot but those given.</summary>
    public string? Pick(IReadOnlyList<string> phrases, string service, IReadOnlyDictionary<string, string> now, bool saidToo)
    {
        var fitting = phrases.Where(phrase => Template.Of(phrase).Slots.All(slot => ValueOf(service, slot, now, saidToo) is not null)).ToList();
        fitting = InTone(InNumber(fitting));
        var fresh = fitting.FindAll(phrase => !used.Contains(phrase));
        if (fitting.Count == 0)
        {
            return null;
        }

        var phrase = random.Pick(fresh.Count > 0 ? fresh : fitting);
        used.Add(phrase);
        return phrase;
    }

    /// <summary>Those that the user can say of themselves; all where none is.</summary>
    private List<string> InNumber(List<string> phrases)
    {
        var single = Alone && Feeling is not null ? phrases.FindAll(phrase => !Template.Of(phrase).Plural) : phrases;
        return single.Count > 0 ? single : phrases;
    }

    /// <summary>Those that somebody who feels so would say; all where none is.</summary>
    private List<string> InTone(List<string> phrases)
    {
        var warmest = Tone.Warmest(Feeling);
        var suited = warmest == Warmth.Glad ? phrases : phrases.FindAll(phrase => Template.Of(phrase).Warmth <= warmest);
        return suited.Count > 0 ? suited : phrases;
    }

    /// <summary>
    /// What somebody of the seed corpus said to exactly these acts, or null. Those are bookings, so other categories only
    /// take what suits any service.
    /// </summary>
    public string? SayAsCorpus(bool user, IReadOnlyList<PlannedAct> acts)
    {
        var (service, now) = (acts[0].Service, new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var act in acts.Where(act => act is { Slot: not null, Value: not null }))
        {
            now[act.Slot!] = act.Value!;
        }

        var task = Task(service);
        var phrases = task.Grammar.Category == task.Schema.Companion && acts.All(act => act.Service == service)
            ? corpus.Of(user, service, acts)
            : acts.Select(act => act.Act).Distinct().Count() == 1 ? corpus.OfAnyService(user, acts[0].Act) : [];
        return phrases.Count > 0 && random.Chance(acts[0].Act == Acts.InformIntent ? CorpusOpeningChance : CorpusChance) && Pick(phrases, service, now, saidToo: false) is { } phrase
            ? Render(phrase, service, now)
            : null;
    }

    /// <summary>Those of the phrases that were not said yet.</summary>
    public IReadOnlyList<string> Unused(IReadOnlyList<string> phrases) => [.. phrases.Where(phrase => !used.Contains(phrase))];

    /// <summary>Renders a phrase whose slots <see cref="Pick"/> found to be known.</summary>
    public string Render(string phrase, string service, IReadOnlyDictionary<string, string> now) =>
        Template.Of(phrase).Render(slot => ValueOf(service, slot, now, saidToo: true)!);

    /// <summary>Picks and renders a phrase of the phrasebook; {v} and {x} are <paramref name="filler"/>.</summary>
    public string Say(string path, string filler = "") => SayOf(Phrasebook.Default[path], filler);

    /// <summary>Picks and renders one of the phrases; {v} and {x} are <paramref name="filler"/>.</summary>
    public string SayOf(IReadOnlyList<string> phrases, string filler)
    {
        var now = new Dictionary<string, string>(StringComparer.Ordinal);
        if (filler.Length > 0)
        {
            now.Add("v", filler);
            now.Add("x", filler);
        }

        var phrase = Pick(phrases, "", now, saidToo: false) ?? throw new InvalidOperationException("none of the phrases fits");
        return Render(phrase, "", now);
    }

    private string? ValueOf(string service, string slot, IReadOnlyDictionary<string, string> now, bool saidToo) => slot switch
    {
        "region" => region,
        "daypart" => Daypart(),
        "subject" => subject is null ? null : catalog.Services[subject].Booking,
        _ => now.GetValueOrDefault(slot) ?? (saidToo ? said.GetValueOrDefault((service, slot)) : null),
    };

    private string Daypart() => int.Parse(clock.AsSpan(0, 2), CultureInfo.InvariantCulture) switch
    {
        >= 5 and < 12 => "morning",
        >= 12 and < 17 => "afternoon",
        >= 17 and < 22 => "evening",
        _ => "night",
    };
}
