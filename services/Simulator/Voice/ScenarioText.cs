using System.Text.RegularExpressions;
using DialogueMesh.Contracts.Randomness;
using DialogueMesh.Simulator.Voice.People;
using DialogueMesh.Simulator.Voice.Phrases;

namespace DialogueMesh.Simulator.Voice;

/// <summary>What a scenario tells of.</summary>
/// <param name="Goal">"The user wants to …, and also to … and to …."</param>
/// <param name="Arrives">Whether the user is yet to travel to the region.</param>
internal sealed record ScenarioFacts(
    string Persona, string Region, string TimeSlot, string Clock, string Goal, string UserEmotion, bool Arrives, string Resolution, string? Obstacle);

/// <summary>Who, where, when, what for and how it ends, in a few sentences: scenario.yaml.</summary>
internal static partial class ScenarioText
{
    private const double MoodChance = 0.45;
    private const string GoalStart = "The user wants to ";

    private static readonly Phrasebook Book = Phrasebook.Load("scenario.yaml");

    public static string Of(ScenarioFacts facts, SeededRandom random)
    {
        var travels = facts.Arrives ? "ahead" : "here";
        var wishes = Wishes(facts.Goal);
        List<string> sentences =
        [
            Say(
                $"setting.{travels}", random,
                ("who", Head(facts.Persona, facts.Region)), ("region", facts.Region), ("clock", facts.Clock),
                ("part", DayPart(facts.TimeSlot, facts.Clock)), ("want", wishes[0])),
        ];
        if (random.Chance(MoodChance))
        {
            sentences.Add(Say("mood", random, ("mood", facts.UserEmotion.ToLowerInvariant())));
        }

        if (wishes.Count > 1)
        {
            sentences.Add(Say("also", random, ("others", Sentences.List(Joined(wishes.Skip(1))))));
        }

        sentences.Add(Say($"end.{facts.Resolution}", random, ("why", facts.Obstacle ?? "it cannot be done")));
        return string.Join(' ', sentences);
    }

    private static string Say(string path, SeededRandom random, params (string Slot, string Value)[] values) =>
        Sentences.Capitals(Template.Of(random.Pick(Book[path])).Render(slot => values.First(value => value.Slot == slot).Value));

    private static List<string> Wishes(string goal)
    {
        var text = goal.TrimEnd('.');
        return [.. AlsoTo().Split(text.StartsWith(GoalStart, StringComparison.Ordinal) ? text[GoalStart.Length..] : text)];
    }

    /// <summary>"book a room", "a table": the verb is said once.</summary>
    private static List<string> Joined(IEnumerable<string> wishes)
    {
        var verb = "";
        var joined = new List<string>();
        foreach (var wish in wishes)
        {
            var words = wish.Split(' ', 2);
            joined.Add(words[0] == verb ? words[1] : wish);
            verb = words[0];
        }

        return joined;
    }

    /// <summary>Who that is, from where: they need not be there now.</summary>
    private static string Head(string persona, string region)
    {
        var head = Personas.Head(persona);
        return head.StartsWith("A ", StringComparison.Ordinal) || head.StartsWith("An ", StringComparison.Ordinal)
            ? Abroad(HomeTown().Replace(char.ToLowerInvariant(head[0]) + head[1..], " from "), region)
            : $"someone described as '{persona.TrimEnd('.', ' ')}'";
    }

    /// <summary>In their own town nobody is said to be from there.</summary>
    private static string Abroad(string head, string region) =>
        head.LastIndexOf(" from ", StringComparison.Ordinal) is var at and > 0
            && SameTown(head[(at + " from ".Length)..], region) ? head[..at] : head;

    /// <summary>"Bogotá" and "Bogota".</summary>
    private static bool SameTown(string town, string region) =>
        town.Length == region.Length && town.Zip(region).All(pair => pair.First == pair.Second || !char.IsAscii(pair.First));

    private static string DayPart(string timeSlot, string clock) => timeSlot switch
    {
        "Overnight" when clock.StartsWith("23", StringComparison.Ordinal) => "shortly before midnight",
        "Overnight" => "in the middle of the night",
        "Late Night" => "late at night",
        "Early Morning" => "early in the morning",
        "Late Morning" => "late in the morning",
        _ => $"in the {timeSlot.ToLowerInvariant()}",
    };

    [GeneratedRegex(@", and also to | and to ")]
    private static partial Regex AlsoTo();

    [GeneratedRegex(@" in (?=\p{Lu})")]
    private static partial Regex HomeTown();
}
