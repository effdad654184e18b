using System.Buffers;
using System.Text.Json;
using System.Text.RegularExpressions;
using DialogueMesh.Simulator.Http;

namespace DialogueMesh.Simulator.Moderations;

/// <summary>
/// Flags a text in each category of which it has a phrase. It stands in for OpenAI's classifier so that the way of a
/// flagged dialogue can be walked offline; it is no judge of harm.
/// </summary>
internal sealed class Lexicon
{
    private const double Background = 0.0001;

    private readonly Dictionary<string, Regex?> patterns;
    private readonly SearchValues<string> anyPhrase;

    // Nearly all texts get this result, and there are dozens in a dialogue.
    private readonly JsonElement clean;

    private Lexicon(Dictionary<string, string[]> phrases)
    {
        patterns = phrases.ToDictionary(entry => entry.Key, entry => Pattern(entry.Value));
        anyPhrase = SearchValues.Create([.. phrases.Values.SelectMany(each => each)], StringComparison.OrdinalIgnoreCase);
        clean = Result(_ => 0);
    }

    public static Lexicon Embedded { get; } = Load();

    /// <summary>One entry of a moderation answer's "results".</summary>
    public JsonElement Classify(string text)
    {
        // Neither a typographic apostrophe nor a line end must hide a phrase.
        var words = text.Replace('\u2019', '\'').Split(default(char[]), StringSplitOptions.RemoveEmptyEntries);
        var plain = string.Join(' ', words);
        return plain.AsSpan().ContainsAny(anyPhrase) ? Result(pattern => pattern.Count(plain)) : clean;
    }

    private JsonElement Result(Func<Regex, int> count)
    {
        var hits = patterns.ToDictionary(entry => entry.Key, entry => entry.Value is null ? 0 : count(entry.Value));
        return JsonBody.Element(new
        {
            Flagged = hits.Values.Any(times => times > 0),
            Categories = hits.ToDictionary(entry => entry.Key, entry => entry.Value > 0),
            CategoryScores = hits.ToDictionary(entry => entry.Key, entry => entry.Value == 0 ? Background : 1 - (0.2 / entry.Value)),
            CategoryAppliedInputTypes = hits.ToDictionary(entry => entry.Key, _ => new[] { "text" }),
        });
    }

    private static Regex? Pattern(string[] phrases)
    {
        if (phrases.Length == 0)
        {
            return null;
        }

        return new Regex(
            $@"(?<!\w)(?:{string.Join('|', phrases.Select(Regex.Escape))})(?!\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    }

    private static Lexicon Load()
    {
        using var stream = typeof(Lexicon).Assembly.GetManifestResourceStream("lexicon.json")!;
        return new Lexicon(JsonSerializer.Deserialize<Dictionary<string, string[]>>(stream)!);
    }
}
