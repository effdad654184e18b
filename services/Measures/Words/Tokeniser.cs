using System.Text.RegularExpressions;

namespace DialogueMesh.Measures.Words;

/// <summary>
/// Cuts a text into lower-case words and punctuation marks. A word is a run of letters, digits and underscores, with what an
/// apostrophe or hyphen joins to it ("don't", "two-star") and with the parts of a number ("4:30", "1,200.50", "8/3"). Every other
/// mark that is not white space is a token of its own. A typographic apostrophe counts as a plain one.
/// </summary>
internal static partial class Tokeniser
{
    public static int[] Split(string text, Vocabulary vocabulary)
    {
        var folded = Fold(text);
        var ids = new List<int>(folded.Length / 4);
        foreach (var match in Token().EnumerateMatches(folded))
        {
            ids.Add(vocabulary.IdOf(folded.AsSpan(match.Index, match.Length)));
        }

        return [.. ids];
    }

    private static string Fold(string text) => text.ToLowerInvariant().Replace('’', '\'');

    [GeneratedRegex(@"\w+(?:['-]\w+|(?<=\d)[.,:/]\d\w*)*|[\uD800-\uDBFF][\uDC00-\uDFFF]|[^\w\s]")]
    private static partial Regex Token();
}
