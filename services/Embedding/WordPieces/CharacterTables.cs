using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace DialogueMesh.Embedding.WordPieces;

/// <summary>The characters as the reference sees them, read from characters.txt (written by eng/tokeniser/characters.mjs).</summary>
internal sealed class CharacterTables
{
    private const int HangulBase = 0xAC00, LeadBase = 0x1100, VowelBase = 0x1161, TrailBase = 0x11A7;
    private const int VowelCount = 21, TrailCount = 28, HangulCount = 19 * VowelCount * TrailCount;

    private readonly (int First, int Last)[] dropped;
    private readonly (int First, int Last)[] punctuation;
    private readonly (int First, int Last)[] marks;
    private readonly FrozenDictionary<int, Rune[]> bases;
    private readonly FrozenDictionary<int, Rune[]> lowers;

    private CharacterTables(Dictionary<string, List<string>> sections)
    {
        (dropped, punctuation, marks) = (Ranges(sections["dropped"]), Ranges(sections["punctuation"]), Ranges(sections["mark"]));
        (bases, lowers) = (Map(sections["base"]), Map(sections["lower"]));
    }

    public static CharacterTables Instance { get; } = Load();

    /// <summary>Control, format and private-use characters, and U+FFFD, which stands for a lone surrogate too.</summary>
    public bool IsDropped(Rune rune) => rune.IsAscii ? IsAsciiControl(rune.Value) : IsIn(dropped, rune.Value);

    /// <summary>Unicode's punctuation, and all of ASCII that is neither letter nor digit.</summary>
    public bool IsPunctuation(Rune rune) =>
        rune.IsAscii ? IsAsciiPunctuation((char)rune.Value) : IsIn(punctuation, rune.Value);

    /// <summary>Appends the character's canonical decomposition without its marks that take no space.</summary>
    public void AppendBase(Rune rune, List<Rune> text)
    {
        var syllable = rune.Value - HangulBase;
        if (syllable is >= 0 and < HangulCount)
        {
            text.Add(new Rune(LeadBase + (syllable / (VowelCount * TrailCount))));
            text.Add(new Rune(VowelBase + (syllable % (VowelCount * TrailCount) / TrailCount)));
            if (syllable % TrailCount > 0)
            {
                text.Add(new Rune(TrailBase + (syllable % TrailCount)));
            }
        }
        else if (bases.TryGetValue(rune.Value, out var parts))
        {
            text.AddRange(parts);
        }
        else if (!IsIn(marks, rune.Value))
        {
            text.Add(rune);
        }
    }

    /// <summary>Appends the character in lower case, two characters for U+0130.</summary>
    public void AppendLower(Rune rune, List<Rune> text)
    {
        if (lowers.TryGetValue(rune.Value, out var lower))
        {
            text.AddRange(lower);
        }
        else
        {
            text.Add(rune);
        }
    }

    private static bool IsAsciiControl(int point) => point is (< ' ' and not ('\t' or '\n' or '\r')) or 0x7F;

    private static bool IsAsciiPunctuation(char unit) => unit is > ' ' and < (char)0x7F && !char.IsAsciiLetterOrDigit(unit);

    private static bool IsIn((int First, int Last)[] ranges, int point)
    {
        var (low, high) = (0, ranges.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (point >= ranges[middle].First && point <= ranges[middle].Last)
            {
                return true;
            }

            (low, high) = point < ranges[middle].First ? (low, middle - 1) : (middle + 1, high);
        }

        return false;
    }

    private static (int First, int Last)[] Ranges(List<string> lines) =>
        [.. lines.Select(line => line.Split('-')).Select(parts => (Point(parts[0]), Point(parts[1])))];

    private static FrozenDictionary<int, Rune[]> Map(List<string> lines) => lines.Select(line => line.Split('=')).ToFrozenDictionary(
        parts => Point(parts[0]),
        parts => parts[1].Split(' ').Select(part => new Rune(Point(part))).ToArray());

    private static int Point(string hexadecimal) => int.Parse(hexadecimal, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static CharacterTables Load()
    {
        using var stream = typeof(CharacterTables).Assembly.GetManifestResourceStream("characters.txt")!;
        using var reader = new StreamReader(stream);
        var sections = new Dictionary<string, List<string>>();
        List<string> lines = [];
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('['))
            {
                sections.Add(line[1..line.IndexOf(']', StringComparison.Ordinal)], lines = []);
            }
            else if (!line.StartsWith('#'))
            {
                lines.Add(line);
            }
        }

        return new CharacterTables(sections);
    }
}
