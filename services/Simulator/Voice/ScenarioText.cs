using DialogueMesh.Contracts.Prompts;
using DialogueMesh.Contracts.Runs;

namespace DialogueMesh.Simulator.Voice;

/// <summary>Who, where, when, what for and how it ends, in a few sentences.</summary>
internal static class ScenarioText
{
    // {0} persona, {1} region, {2} clock, {3} part of the day, {4} goal.
    private static readonly string[] Setting =
    [
        "At {2} {3} in {1}, {0} contacts the assistant to {4}.",
        "It is {2} {3} in {1}. On the line is {0}, who wants to {4}.",
        "In {1}, {3} at {2}, {0} gets in touch in order to {4}.",
        "From {1}, {3} at {2}, {0} asks for help to {4}.",
    ];

    private static readonly string[] Resolved = ["It works out.", "In the end they get what they came for.", "The assistant manages to sort it out."];
    private static readonly string[] Failed = ["It fails because {0}.", "Nothing comes of it: {0}.", "They leave without success, since {0}."];
    private static readonly string[] Escalated = ["Since {0}, the assistant hands the case over to a person.", "It turns out that {0}, and a person has to take over."];

    public static string Of(OutlineBrief brief, Conversation conversation) => Of(
        brief.Persona, brief.Region, brief.TimeSlot, brief.Clock, brief.Goal, brief.Resolution, brief.Obstacle, conversation);

    public static string Of(
        string persona, string region, string timeSlot, string clock, string goal, string resolution, string? obstacle, Conversation conversation)
    {
        var random = conversation.Random;
        var want = goal.StartsWith("The user wants to ", StringComparison.Ordinal) ? goal["The user wants to ".Length..].TrimEnd('.') : goal.TrimEnd('.');
        var end = resolution switch
        {
            Resolutions.Resolved => random.Pick(Resolved),
            Resolutions.Failed => Fill(random.Pick(Failed), obstacle ?? "it cannot be done"),
            _ => Fill(random.Pick(Escalated), obstacle ?? "the assistant may not decide it"),
        };
        return $"{Fill(random.Pick(Setting), Inside(persona), region, clock, DayPart(timeSlot), want)} {end}";
    }

    /// <summary>The persona inside a sentence.</summary>
    private static string Inside(string persona)
    {
        var text = persona.TrimEnd('.', ' ');
        return text.StartsWith("A ", StringComparison.Ordinal) || text.StartsWith("An ", StringComparison.Ordinal)
            ? char.ToLowerInvariant(text[0]) + text[1..]
            : $"someone described as '{text}'";
    }

    private static string DayPart(string timeSlot) => timeSlot switch
    {
        "Overnight" => "in the middle of the night",
        "Late Night" => "late at night",
        _ => $"in the {timeSlot.ToLowerInvariant()}",
    };

    /// <summary>Not a composite format: values may hold braces.</summary>
    private static string Fill(string phrase, params string[] values)
    {
        var parts = phrase.Split('{');
        return parts[0] + string.Concat(parts.Skip(1).Select(part => values[part[0] - '0'] + part[2..]));
    }
}
