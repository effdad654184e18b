using System.Globalization;
using System.Text;

namespace DialogueMesh.Dedup.Fingerprints;

/// <summary>What a dialogue says, without what does not change it: letter case, spacing, the look of characters, quotes and dashes.</summary>
public static class CanonicalText
{
    /// <summary>
    /// One line an utterance, in order, so that the same words split otherwise between the speakers are another text. Each in
    /// normalisation form KC, lower case, white space collapsed to single spaces, invisible format characters dropped, quotes
    /// and dashes unified to their ASCII forms.
    /// </summary>
    public static string Of(IReadOnlyList<string> utterances) => string.Join('\n', utterances.Select(OfUtterance));

    private static string OfUtterance(string utterance)
    {
        // Lower case may leave the normal form, and the normal form lower case: a second pass settles both.
        var visible = WithoutFormatCharacters(utterance);
        var text = Nfkc.Normalise(Nfkc.Normalise(visible).ToLowerInvariant()).ToLowerInvariant();
        var canonical = new StringBuilder(text.Length);
        foreach (var unit in text)
        {
            if (!char.IsWhiteSpace(unit) && !char.IsControl(unit))
            {
                canonical.Append(Unified(unit));
            }
            else if (canonical.Length > 0 && canonical[^1] != ' ')
            {
                canonical.Append(' ');
            }
        }

        return canonical.ToString().TrimEnd(' ');
    }

    private static string WithoutFormatCharacters(string text) =>
        text.Any(IsFormat) ? string.Concat(text.Where(unit => !IsFormat(unit))) : text;

    private static bool IsFormat(char unit) => char.GetUnicodeCategory(unit) == UnicodeCategory.Format;

    private static char Unified(char unit) => unit switch
    {
        '\u2018' or '\u2019' or '\u201A' or '\u201B' or '\u2032' or '\u2039' or '\u203A' or '\u02BC' or '`' => '\'',
        '\u201C' or '\u201D' or '\u201E' or '\u201F' or '\u00AB' or '\u00BB' => '"',
        '\u2010' or '\u2012' or '\u2013' or '\u2014' or '\u2015' or '\u2212' => '-',
        _ => unit,
    };
}
