using System.Text.RegularExpressions;
using DialogueMesh.Contracts.Blueprints;
using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Scenario.Corpora;
using DialogueMesh.Scenario.Ontology;

namespace DialogueMesh.Simulator.Voice.Corpus;

/// <summary>
/// Phrases that people of the seed corpus used, delexicalised: an utterance becomes a template where each of its values
/// is located and nothing else in it is of its dialogue alone (names, numbers). Kept by speaker, service and set of acts; a dialogue's
/// order of acts is never kept.
/// </summary>
internal sealed partial class CorpusPhrases
{
    private const int LongestPhrase = 26;
    private const int LongestOfAnyService = 9;

    /// <summary>What was said only once tends to belong to its dialogue.</summary>
    private const int LeastTimes = 3;

    private const string AnyService = "*";

    private static readonly HashSet<string> SlotlessActs = new(StringComparer.Ordinal)
    {
        Acts.Affirm, Acts.Select, Acts.RequestAlternatives, Acts.RequestMore,
    };

    private readonly Dictionary<string, IReadOnlyList<string>> phrases;

    private CorpusPhrases(Dictionary<string, IReadOnlyList<string>> phrases) => this.phrases = phrases;

    public static CorpusPhrases None { get; } = new([]);

    public int Count => phrases.Values.Sum(list => list.Count);

    public static CorpusPhrases Learn(SeedCorpus corpus, OntologyCatalog catalog)
    {
        var names = new SlotNames(catalog);
        var domains = new DomainWords(catalog);
        var found = new SortedDictionary<string, SortedDictionary<string, int>>(StringComparer.Ordinal);
        foreach (var turn in corpus.Dialogues.SelectMany(dialogue => dialogue.Turns))
        {
            foreach (var (key, phrase) in Read(turn, names, domains))
            {
                if (!found.TryGetValue(key, out var list))
                {
                    found.Add(key, list = new SortedDictionary<string, int>(StringComparer.Ordinal));
                }

                list[phrase] = list.GetValueOrDefault(phrase) + 1;
            }
        }

        return new CorpusPhrases(found.ToDictionary(
            pair => pair.Key, IReadOnlyList<string> (pair) => [.. pair.Value.Where(said => said.Value >= LeastTimes).Select(said => said.Key)], StringComparer.Ordinal));
    }

    /// <summary>The phrases for exactly these acts of one service.</summary>
    public IReadOnlyList<string> Of(bool user, string service, IEnumerable<PlannedAct> acts) =>
        phrases.GetValueOrDefault(Key(user, service, acts.Select(act => (act.Act, act.Slot ?? "")))) ?? [];

    /// <summary>The phrases for an act without a slot that would do for any service.</summary>
    public IReadOnlyList<string> OfAnyService(bool user, string act) => phrases.GetValueOrDefault(Key(user, AnyService, [(act, "")])) ?? [];

    private static string Key(bool user, string service, IEnumerable<(string Act, string Slot)> acts) =>
        $"{(user ? 'U' : 'S')} {service} {string.Join('+', acts.Select(act => $"{act.Act}:{act.Slot}").Distinct().Order(StringComparer.Ordinal))}";

    private static IEnumerable<(string Key, string Phrase)> Read(SeedTurn turn, SlotNames names, DomainWords domains)
    {
        if (turn.Frames.Count != 1 || turn.Frames[0] is not { Acts.Count: > 0 } frame || Delexicaliser.Of(turn, frame, names) is not { } phrase)
        {
            yield break;
        }

        var words = phrase.Split(' ').Length;
        var user = turn.Speaker == Scenario.Corpora.Speaker.User;
        var acts = frame.Acts.Select(act => (act.Act, Slot: act.Slot.Length == 0 || act.Act == Acts.InformIntent || SlotlessActs.Contains(act.Act) ? "" : names.Of(frame.Service, act.Slot) ?? "?")).ToList();
        if (words > LongestPhrase || acts.Exists(act => act.Slot == "?"))
        {
            yield break;
        }

        var opens = acts.Exists(act => act.Act == Acts.InformIntent);
        if (!opens && OneSentence(phrase) || opens && !PointsBack().IsMatch(phrase))
        {
            yield return (Key(user, frame.Service, acts), phrase);
        }

        if (acts.TrueForAll(act => SlotlessActs.Contains(act.Act)) && acts.Select(act => act.Act).Distinct().Count() == 1
            && words <= LongestOfAnyService && !domains.In(phrase) && OneSentence(phrase))
        {
            yield return (Key(user, AnyService, [(acts[0].Act, "")]), phrase);
        }
    }

    private static bool OneSentence(string phrase) => phrase.AsSpan(0, phrase.Length - 1).IndexOfAny('.', '!', '?') < 0;

    /// <summary>Words for what was said before, which nothing was where a matter is opened.</summary>
    [GeneratedRegex(@"\b(there|that|it|them|those|these|this|also|another|else|too|again)\b", RegexOptions.IgnoreCase)]
    private static partial Regex PointsBack();
}

/// <summary>Our names of a corpus' slots.</summary>
internal sealed class SlotNames(OntologyCatalog catalog)
{
    public string? Of(string service, string slot) => catalog.Services.GetValueOrDefault(service)?.Slots.Values
        .FirstOrDefault(known => known.Name == slot || known.Aliases.Contains(slot))?.Name;

    public Slot? SlotOf(string service, string slot) =>
        Of(service, slot) is { } name ? catalog.Services[service].Slots[name] : null;
}

/// <summary>Words that tie a phrase to a service.</summary>
internal sealed class DomainWords(OntologyCatalog catalog)
{
    private static readonly string[] Things =
    [
        "table", "room", "ticket", "seat", "ride", "cab", "trip", "journey", "book", "reserv", "appointment", "plane", "show", "event", "movie",
        "song", "car", "house", "property", "place", "stay", "eat", "food", "account", "transfer", "payment", "doctor", "dentist", "stylist", "salon",
        "alarm", "weather", "apartment", "therap", "media", "music", "theater", "theatre", "calendar", "concert", "game", "film", "play", "find", "date", "time",
    ];

    private readonly string[] words = [.. catalog.Services.Values.Select(service => service.Noun).Concat(catalog.Services.Keys).Concat(Things).Distinct(StringComparer.Ordinal)];

    public bool In(string phrase) => words.Any(word => phrase.Contains(word, StringComparison.OrdinalIgnoreCase));
}
