using System.Globalization;
using System.Text;

namespace DialogueMesh.Generation.Alignment;

/// <summary>Where a value stands in an utterance, in UTF-16 units.</summary>
internal readonly record struct Match(int Start, int Length)
{
    public int End => Start + Length;

    public bool Overlaps(Match other) => Start < other.End && other.Start < End;
}

/// <summary>
/// Finds a value in an utterance as whole words: as it is first, then in the forms in which people write the same thing.
/// Case and the kind of quotes, dashes and blanks do not matter.
/// </summary>
internal static class ValueFinder
{
    /// <summary>All places, those of the value as given before those of its other forms, each from left to right.</summary>
    public static IEnumerable<Match> Find(string utterance, string value)
    {
        var (text, map) = Fold(utterance);
        return SurfaceForms.Of(value).SelectMany(form => FindFolded(text, map, Fold(form).Text));
    }

    private static IEnumerable<Match> FindFolded(string text, List<int> map, string form)
    {
        if (form.Length == 0)
        {
            yield break;
        }

        for (var at = text.IndexOf(form, StringComparison.Ordinal); at >= 0; at = text.IndexOf(form, at + 1, StringComparison.Ordinal))
        {
            if (StartsWord(text, at, form) && EndsWord(text, at + form.Length, form) && !IsOfEvening(text, at + form.Length, form))
            {
                yield return new Match(map[at], map[at + form.Length] - map[at]);
            }
        }
    }

    private static bool StartsWord(string text, int at, string form) =>
        at == 0 || !IsWord(form, 0) || (!IsWord(text, Before(text, at)) && !JoinsNumbers(text, at - 1));

    private static bool EndsWord(string text, int end, string form) =>
        end == text.Length || !IsWord(form, Before(form, form.Length)) || (!IsWord(text, end) && !JoinsNumbers(text, end));

    /// <summary>A sign between two digits, as in 18:30, 2.50 and 1,200: what stands on either side is part of a longer number.</summary>
    private static bool JoinsNumbers(string text, int at) =>
        text[at] is ':' or '.' or ',' && at > 0 && at + 1 < text.Length && char.IsAsciiDigit(text[at - 1]) && char.IsAsciiDigit(text[at + 1]);

    /// <summary>"7:05", a form of 07:05, is not that where "pm" follows.</summary>
    private static bool IsOfEvening(string text, int end, string form) =>
        form is [_, ':', _, _] && text.AsSpan(end).TrimStart(' ') is ['p', 'm', ..] or ['p', '.', 'm', ..];

    /// <summary>Where the code point that ends at <paramref name="at"/> begins.</summary>
    private static int Before(string text, int at) => at >= 2 && char.IsSurrogatePair(text, at - 2) ? at - 2 : at - 1;

    /// <summary>Letters, digits and the marks on them; no emoji, nor what chooses an emoji's look.</summary>
    private static bool IsWord(string text, int at) => Rune.TryGetRuneAt(text, at, out var rune)
        && (Rune.IsLetterOrDigit(rune)
            || (rune.Value != '\ufe0f' && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark));

    /// <summary>The text in lower case, and for each of its characters (and its end) the index in the original.</summary>
    private static (string Text, List<int> Map) Fold(string original)
    {
        var folded = new StringBuilder(original.Length);
        var map = new List<int>(original.Length + 1);
        for (var i = 0; i < original.Length; i++)
        {
            foreach (var sign in FoldSign(original, i))
            {
                folded.Append(sign);
                map.Add(i);
            }
        }

        map.Add(original.Length);
        return (folded.ToString(), map);
    }

    private static string FoldSign(string text, int i)
    {
        var sign = text[i];
        if (sign < 128)
        {
            return char.ToLowerInvariant(sign).ToString();
        }

        return sign switch
        {
            '‘' or '’' or 'ʼ' or '´' => "'",
            '“' or '”' => "\"",
            '‐' or '‑' or '–' or '—' or '−' => "-",
            '\u00a0' or '\u202f' or '\u2009' => " ",
            _ => char.ToLowerInvariant(sign).ToString(),
        };
    }
}
