using System.Text.RegularExpressions;

namespace DialogueMesh.Simulator.Voice;

/// <summary>In which exchange the user lets slip where they are, what time it is, and who they are.</summary>
internal sealed partial class Colour
{
    private readonly Dictionary<int, string> remarks = [];

    /// <param name="exchanges">How many the dialogue has; the farewell gets no remark.</param>
    public Colour(int exchanges, string timeSlot, string persona, Conversation conversation)
    {
        var random = conversation.Random;
        var places = Enumerable.Range(0, Math.Max(1, exchanges - 1)).ToList();
        random.Shuffle(places);
        if (Phrasebook.Default[$"user.place.{timeSlot}"].Count > 0)
        {
            Add(places, conversation.Say($"user.place.{timeSlot}"));
        }

        if (NounPhrase(persona) is { } noun)
        {
            Add(places, conversation.Say("user.persona", noun));
        }
    }

    /// <summary>The remark of an exchange, or null.</summary>
    public string? At(int exchange) => remarks.GetValueOrDefault(exchange);

    /// <summary>What a persona calls themselves: "A retired nurse who paints" is a "retired nurse".</summary>
    internal static string? NounPhrase(string persona)
    {
        var match = Opening().Match(persona);
        return match.Success && match.Groups["noun"].Value.Split(' ').Length <= 3 ? match.Groups["noun"].Value : null;
    }

    private void Add(List<int> places, string remark)
    {
        if (places.Count > 0)
        {
            remarks[places[0]] = remark;
            places.RemoveAt(0);
        }
    }

    [GeneratedRegex(@"^An? (?<noun>[a-z][a-z'-]*(?: [a-z][a-z'-]*)*?)(?= (?:who|whose|that|which|from|in|at|of|with|for|on|to|by|and|learning|working|living)\b|,|\.|$)")]
    private static partial Regex Opening();
}
