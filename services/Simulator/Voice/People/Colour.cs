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
    private const double MoodFirst = 0.3;
    private const double PlaceFirst = 0.6;

    private static readonly Phrasebook Places = Phrasebook.Load("places.yaml");

    private readonly Dictionary<int, string> remarks = [];

    public Colour(IReadOnlyList<SpokenExchange> exchanges, string timeSlot, string persona, Conversation conversation)
    {
        var random = conversation.Random;
        var travels = Arrives(exchanges, conversation.Region) ? "ahead" : "here";
        var waits = Where(exchanges, exchange => exchange.User[0].Act == Acts.Acknowledge);
        var asides = Where(exchanges, exchange => exchange.User[0].Act == Acts.Request);
        var farewell = Where(exchanges, exchange => exchange.User[0].Act == Acts.ThankYou);
        var leavesWell = conversation.Resolution == Resolutions.Resolved ? farewell : [];

        // How the user feels shows first where both others find a place later.
        var moodFirst = leavesWell.Count + waits.Count > 0 && waits.Count + asides.Count + farewell.Count > 1 && random.Chance(MoodFirst);
        var placeFirst = !moodFirst && (leavesWell.Count == 0 || random.Chance(PlaceFirst));
        if (Places[$"{travels}.{timeSlot}"].Count > 0)
        {
            Put(placeFirst ? [0] : [.. leavesWell, .. waits], at => conversation.SayOf(Places[farewell.Contains(at) ? $"leaving.{travels}.{timeSlot}" : $"{travels}.{timeSlot}"], ""));
        }

        var name = Personas.Name(persona) ?? "";
        Put(
            [.. Enumerable.Repeat(0, moodFirst ? 0 : 1), .. farewell, .. waits, .. asides],
            at => conversation.SayOf(farewell.Contains(at) ? Personas.Partings(persona) : Personas.Remarks(persona), name));
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
