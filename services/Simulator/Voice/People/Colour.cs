using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Simulator.Voice.Phrases;

namespace DialogueMesh.Simulator.Voice.People;

/// <summary>
/// In which exchange the user lets slip where they are and what time it is, and in which one who they are: as people do when
/// they begin, while they wait, before a question out of the blue, and on leaving.
/// </summary>
internal sealed class Colour
{
    private const double MoodFirst = 0.4;
    private const double StrongMoodFirst = 0.85;
    private const double PlaceFirst = 0.6;

    /// <summary>What nobody keeps to themselves.</summary>
    private static readonly HashSet<string> Strong = new(StringComparer.Ordinal) { "Angry", "Frustrated", "Desperate", "Excited", "Anxious", "Demanding", "Impatient" };

    private static readonly HashSet<string> Daytime = new(StringComparer.Ordinal) { "Late Morning", "Afternoon" };

    private static readonly Phrasebook Places = Phrasebook.Load("places.yaml");

    private readonly Dictionary<int, string> remarks = [];

    public Colour(IReadOnlyList<SpokenExchange> exchanges, string timeSlot, string persona, Conversation conversation)
    {
        var random = conversation.Random;
        var travels = Arrives(exchanges, conversation.Region) ? "ahead" : "here";
        var waits = Where(exchanges, exchange => exchange.User[0].Act == Acts.Acknowledge);
        var asides = Where(exchanges, exchange => exchange.User[0].Act == Acts.Request);
        var farewell = Where(exchanges, exchange => exchange.User[0].Act is Acts.ThankYou or Acts.Goodbye);
        var leavesWell = conversation.Resolution == Resolutions.Resolved ? farewell : [];

        // How the user feels shows first where both others find a place later.
        var moodFirst = leavesWell.Count + waits.Count > 0 && waits.Count + asides.Count + farewell.Count > 1 && random.Chance(Strong.Contains(exchanges[0].UserEmotion) ? StrongMoodFirst : MoodFirst);
        var placeFirst = !moodFirst && (leavesWell.Count == 0 || random.Chance(PlaceFirst));
        if (Places[$"{travels}.{timeSlot}"].Count > 0)
        {
            Put(placeFirst ? [0] : [.. leavesWell, .. waits], at => conversation.SayOf(Places[farewell.Contains(at) ? $"leaving.{travels}.{timeSlot}" : $"{travels}.{timeSlot}"], ""));
        }

        var name = Personas.Name(persona) ?? "";
        var byDay = Daytime.Contains(timeSlot);
        Put(
            [.. Enumerable.Repeat(0, moodFirst ? 0 : 1), .. farewell, .. waits, .. asides],
            at => conversation.SayOf(farewell.Contains(at) ? Personas.Partings(persona, byDay) : Personas.Remarks(persona, byDay), name));
    }

    /// <summary>The remark of an exchange, or null.</summary>
    public string? At(int exchange) => remarks.GetValueOrDefault(exchange);

    /// <summary>Whether the user is yet to travel there.</summary>
    public static bool Arrives(IReadOnlyList<SpokenExchange> exchanges, string region) =>
        exchanges.Any(exchange => exchange.User.Any(act => act.Slot is not null && act.Value == region));

    private void Put(IEnumerable<int> places, Func<int, string> remark)
    {
        foreach (var at in places.Where(at => !remarks.ContainsKey(at)).Take(1))
        {
            remarks[at] = remark(at);
        }
    }

    private static List<int> Where(IReadOnlyList<SpokenExchange> exchanges, Func<SpokenExchange, bool> fits) =>
        [.. Enumerable.Range(1, Math.Max(0, exchanges.Count - 1)).Where(i => exchanges[i].User.Count > 0 && fits(exchanges[i]))];
}
