using System.Text;

namespace DialogueMesh.Dedup.Fingerprints;

/// <summary>
/// Unicode normalisation form KC (UAX #15) by tables of our own: .NET leaves text as it is when it runs without ICU, and a
/// fingerprint must not depend on the machine's ICU.
/// </summary>
internal static class Nfkc
{
    private const int HangulBase = 0xAC00, LeadBase = 0x1100, VowelBase = 0x1161, TrailBase = 0x11A7;
    private const int LeadCount = 19, VowelCount = 21, TrailCount = 28;
    private const int HangulCount = LeadCount * VowelCount * TrailCount;

    /// <summary>Characters below this one are their own form.</summary>
    private const char FirstToChange = '\u00A0';

    private static readonly NormalisationTables Tables = NormalisationTables.Load();

    /// <summary>The normal form of <paramref name="text"/>; a lone surrogate becomes U+FFFD.</summary>
    public static string Normalise(string text)
    {
        if (text.AsSpan().IndexOfAnyExceptInRange('\0', (char)(FirstToChange - 1)) < 0)
        {
            return text;
        }

        var points = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            Decompose(rune.Value, points);
        }

        Order(points);
        Compose(points);
        var normal = new StringBuilder(text.Length);
        foreach (var point in points)
        {
            normal.Append(new Rune(point));
        }

        return normal.ToString();
    }

    private static void Decompose(int point, List<int> points)
    {
        var syllable = point - HangulBase;
        if (syllable is >= 0 and < HangulCount)
        {
            points.Add(LeadBase + (syllable / (VowelCount * TrailCount)));
            points.Add(VowelBase + (syllable % (VowelCount * TrailCount) / TrailCount));
            if (syllable % TrailCount > 0)
            {
                points.Add(TrailBase + (syllable % TrailCount));
            }
        }
        else if (Tables.Decompositions.TryGetValue(point, out var parts))
        {
            points.AddRange(parts);
        }
        else
        {
            points.Add(point);
        }
    }

    // Stable: marks of one class keep their order.
    private static void Order(List<int> points)
    {
        for (var i = 1; i < points.Count; i++)
        {
            var point = points[i];
            var rank = Tables.Class(point);
            var place = i;
            while (rank > 0 && place > 0 && Tables.Class(points[place - 1]) > rank)
            {
                points[place] = points[place - 1];
                place--;
            }

            points[place] = point;
        }
    }

    private static void Compose(List<int> points)
    {
        var starter = -1;
        var lastClass = 0;
        var end = 0;
        for (var i = 0; i < points.Count; i++)
        {
            var point = points[i];
            var rank = Tables.Class(point);
            // Between the starter and a mark, a mark of the same or a higher class blocks.
            var adjacent = starter >= 0 && (lastClass < rank || (lastClass == 0 && end == starter + 1));
            if (adjacent && Composite(points[starter], point) is { } composite)
            {
                points[starter] = composite;
                continue;
            }

            if (rank == 0)
            {
                starter = end;
            }

            lastClass = rank;
            points[end++] = point;
        }

        points.RemoveRange(end, points.Count - end);
    }

    private static int? Composite(int first, int second)
    {
        if (first - LeadBase is >= 0 and < LeadCount && second - VowelBase is >= 0 and < VowelCount)
        {
            return HangulBase + ((((first - LeadBase) * VowelCount) + (second - VowelBase)) * TrailCount);
        }

        if (first - HangulBase is >= 0 and < HangulCount && (first - HangulBase) % TrailCount == 0
            && second - TrailBase is > 0 and < TrailCount)
        {
            return first + (second - TrailBase);
        }

        return Tables.Compositions.TryGetValue((first, second), out var composite) ? composite : null;
    }
}
