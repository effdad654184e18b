using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace DialogueMesh.Simulator.Voice.Phrases;

/// <summary>A phrase with slots in it, as docs/ontology.md describes: {slot}, {a slot}, {slot|one|many}.</summary>
internal sealed partial class Template
{
    private static readonly ConcurrentDictionary<string, Template> Known = new(StringComparer.Ordinal);

    private readonly IReadOnlyList<Part> parts;

    private Template(string text)
    {
        parts = Split(text);
        Warmth = Tone.Of(text);
        Plural = SpeaksForSeveral().IsMatch(text);
        Slots = [.. parts.Where(part => part.Slot is not null).Select(part => part.Slot!).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The names in braces.</summary>
    public IReadOnlyList<string> Slots { get; }

    public Warmth Warmth { get; }

    /// <summary>Whether the speaker is not alone.</summary>
    public bool Plural { get; }

    public static Template Of(string text) => Known.GetOrAdd(text, key => new Template(key));

    public string Render(Func<string, string> valueOf)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            if (part.Slot is null)
            {
                text.Append(part.Text);
                continue;
            }

            var value = valueOf(part.Slot);
            text.Append(part.Article ? Article(value) + " " : "").Append(value);
            if (part.One is not null)
            {
                text.Append(' ').Append(value == "1" ? part.One : part.Many);
            }
        }

        return text.ToString();
    }

    private static string Article(string value) =>
        value is "8" or "11" or "18" || SoundsLikeVowel().IsMatch(value) ? "an" : "a";

    private static List<Part> Split(string text)
    {
        var parts = new List<Part>();
        var at = 0;
        while (at < text.Length)
        {
            var open = text.IndexOf('{', at);
            var close = open < 0 ? -1 : text.IndexOf('}', open);
            if (close < 0)
            {
                break;
            }

            parts.Add(new Part(text[at..open]));
            parts.Add(Slot(text[(open + 1)..close]));
            at = close + 1;
        }

        parts.Add(new Part(text[at..]));
        return parts;
    }

    private static Part Slot(string inner)
    {
        var fields = inner.Split('|');
        var article = fields[0].StartsWith("a ", StringComparison.Ordinal) || fields[0].StartsWith("an ", StringComparison.Ordinal);
        var name = article ? fields[0][(fields[0].IndexOf(' ', StringComparison.Ordinal) + 1)..] : fields[0];
        return new Part("", name, article, fields.Length == 3 ? fields[1] : null, fields.Length == 3 ? fields[2] : null);
    }

    /// <summary>"an heiress", but "a used-car dealer" and "a European".</summary>
    [GeneratedRegex("^(?:h(?:eir|onest|our)|(?!uni(?!n|m)|us[aeiu-]|eu|one\\b|once)[aeiou])", RegexOptions.IgnoreCase)]
    private static partial Regex SoundsLikeVowel();

    [GeneratedRegex(@"\b(?:we|we're|we'll|we've|we'd|us|our|ours)\b", RegexOptions.IgnoreCase)]
    private static partial Regex SpeaksForSeveral();

    private sealed record Part(string Text, string? Slot = null, bool Article = false, string? One = null, string? Many = null);
}
