using System.Collections.Frozen;
using System.Text.RegularExpressions;
using DialogueMesh.Simulator.Voice.Phrases;

namespace DialogueMesh.Simulator.Voice.People;

/// <summary>What a persona might let slip about their own life: personas.yaml, by the occupation that the persona names.</summary>
internal static partial class Personas
{
    private const int LongestName = 3;

    private static readonly Phrasebook Book = Phrasebook.Load("personas.yaml");

    private static readonly FrozenDictionary<string, string> ThemeOfWord = Book.Sections("themes")
        .SelectMany(theme => Book[$"themes.{theme}.words"].Select(word => (word, theme)))
        .ToFrozenDictionary(pair => pair.word, pair => pair.theme, StringComparer.OrdinalIgnoreCase);

    /// <summary>Phrases that suit the persona; {x} is <see cref="Name"/>.</summary>
    public static IReadOnlyList<string> Remarks(string persona) =>
        Theme(persona) is { } theme ? Book[$"themes.{theme}.say"] : Book[Name(persona) is null ? "none" : "any"];

    /// <summary>As <see cref="Remarks"/>, on leaving.</summary>
    public static IReadOnlyList<string> Partings(string persona) =>
        Theme(persona) is { } theme ? Book[$"themes.{theme}.part"] : Book[Name(persona) is null ? "none_part" : "any_part"];

    /// <summary>What a persona calls themselves: "A retired nurse who paints" is a "retired nurse". Null where that takes many words.</summary>
    public static string? Name(string persona)
    {
        var match = Opening().Match(persona);
        return match.Success && match.Groups["noun"].Value.Split(' ').Length <= LongestName ? match.Groups["noun"].Value : null;
    }

    /// <summary>Without what else is told about them: "A nurse in Lyon" of "A nurse in Lyon, mother of three".</summary>
    public static string Head(string persona) => Relative().Split(persona.TrimEnd('.', ' '), 2)[0];

    /// <summary>The last word says what somebody is, those before of what kind: a "school-bus driver" drives.</summary>
    private static string? Theme(string persona)
    {
        var head = Head(persona);
        return InWords(Preposition().Split(head, 2)[0]) ?? InWords(head);
    }

    private static string? InWords(string text) =>
        Word().Matches(text).Reverse().Select(word => ThemeOfWord.GetValueOrDefault(word.Value)).FirstOrDefault(theme => theme is not null);

    [GeneratedRegex(@"^An? (?<noun>[a-z][a-z'-]*(?: [a-z][a-z'-]*)*?)(?= (?:who|whose|that|which|from|in|at|of|with|for|on|to|by|and|learning|working|living)\b|,|\.|$)")]
    private static partial Regex Opening();

    [GeneratedRegex(@" (?:who|whose|that|which|with|used|living|saving|working|travelling|awake|celebrating)\b|,")]
    private static partial Regex Relative();

    [GeneratedRegex(@" (?:from|in|at|of|with|for|on|to|by|and)\b")]
    private static partial Regex Preposition();

    [GeneratedRegex(@"[\p{L}\p{N}][\p{L}\p{N}'-]*")]
    private static partial Regex Word();
}
