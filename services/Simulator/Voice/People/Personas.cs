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
    /// <param name="byDay">Whether shops, schools and offices are open.</param>
    public static IReadOnlyList<string> Remarks(string persona, bool byDay) =>
        Theme(persona) is { } theme ? Of(theme, "say", byDay ? "day" : null) : Book[Name(persona) is null ? "none" : "any"];

    /// <summary>As <see cref="Remarks"/>, on leaving.</summary>
    public static IReadOnlyList<string> Partings(string persona, bool byDay) =>
        Theme(persona) is { } theme ? Of(theme, "part", byDay ? "day_part" : null) : Book[Name(persona) is null ? "none_part" : "any_part"];

    private static IReadOnlyList<string> Of(string theme, string always, string? alsoThen) =>
        alsoThen is null ? Book[$"themes.{theme}.{always}"] : [.. Book[$"themes.{theme}.{always}"], .. Book[$"themes.{theme}.{alsoThen}"]];

    /// <summary>What a persona calls themselves: "A retired nurse who paints" is a "retired nurse". Null where that takes many words.</summary>
    public static string? Name(string persona)
    {
        var match = Opening().Match(persona);
        return match.Success && match.Groups["noun"].Value.Split(' ').Length <= LongestName ? match.Groups["noun"].Value : null;
    }

    /// <summary>Without what else is told about them: "A nurse in Lyon" of "A nurse in Lyon, mother of three".</summary>
    public static string Head(string persona) => Relative().Split(persona.TrimEnd('.', ' '), 2)[0];

    /// <summary>
    /// The last words say what somebody is, those before of what kind: a "school-bus driver" drives, but a "stage manager" is no
    /// "manager". What somebody no longer does is not what they let slip.
    /// </summary>
    private static string? Theme(string persona)
    {
        var head = Head(persona);
        return NoLonger().Match(head) is { Success: true, Value: var word } ? ThemeOfWord.GetValueOrDefault(word)
            : InWords(Preposition().Split(head, 2)[0]) ?? InWords(head);
    }

    private static string? InWords(string text)
    {
        var words = Word().Matches(text).Select(word => word.Value).ToList();
        var inTwo = words.Zip(words.Skip(1), (first, second) => $"{first} {second}");
        return inTwo.Reverse().Concat(words.AsEnumerable().Reverse()).Select(word => ThemeOfWord.GetValueOrDefault(word)).FirstOrDefault(theme => theme is not null);
    }

    [GeneratedRegex(@"(?<!-)\b(?:retired|former)\b")]
    private static partial Regex NoLonger();

    [GeneratedRegex(@"^An? (?<noun>[a-z][a-z'-]*(?: [a-z][a-z'-]*)*?)(?= (?:who|whose|that|which|from|in|at|of|with|for|on|to|by|and|learning|working|living)\b|,|\.|$)")]
    private static partial Regex Opening();

    [GeneratedRegex(@" (?:who|whose|that|which|with|used|living|saving|working|travelling|awake|celebrating)\b|,")]
    private static partial Regex Relative();

    [GeneratedRegex(@" (?:from|in|at|of|with|for|on|to|by|and)\b")]
    private static partial Regex Preposition();

    [GeneratedRegex(@"[\p{L}\p{N}][\p{L}\p{N}'-]*")]
    private static partial Regex Word();
}
