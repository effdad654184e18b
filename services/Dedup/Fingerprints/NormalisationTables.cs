using System.Collections.Frozen;
using System.Globalization;

namespace DialogueMesh.Dedup.Fingerprints;

/// <summary>The Unicode data of <see cref="Nfkc"/>, read from nfkc.txt (written by eng/unicode/nfkc.py).</summary>
internal sealed class NormalisationTables
{
    private readonly Dictionary<int, byte> classes;

    private NormalisationTables(Dictionary<int, byte> classes) => this.classes = classes;

    /// <summary>Code point to its full compatibility decomposition, Hangul syllables apart.</summary>
    public required FrozenDictionary<int, int[]> Decompositions { get; init; }

    /// <summary>Two code points to their primary composite, Hangul apart.</summary>
    public required FrozenDictionary<(int First, int Second), int> Compositions { get; init; }

    /// <summary>The canonical combining class.</summary>
    public byte Class(int point) => classes.GetValueOrDefault(point);

    public static NormalisationTables Load()
    {
        using var stream = typeof(NormalisationTables).Assembly.GetManifestResourceStream("nfkc.txt")!;
        using var reader = new StreamReader(stream);
        var decompositions = new Dictionary<int, int[]>();
        var compositions = new Dictionary<(int First, int Second), int>();
        var classes = new Dictionary<int, byte>();
        var section = "";
        while (reader.ReadLine() is { } line)
        {
            if (line[0] is '#' or '[')
            {
                section = line.Split(']')[0];
                continue;
            }

            var sides = line.Split('=');
            switch (section)
            {
                case "[decomposition":
                    decompositions.Add(Hex(sides[0]), Array.ConvertAll(sides[1].Split(' '), Hex));
                    break;
                case "[class":
                    AddRange(classes, Array.ConvertAll(sides[0].Split('-'), Hex), byte.Parse(sides[1], CultureInfo.InvariantCulture));
                    break;
                default:
                    var pair = Array.ConvertAll(sides[0].Split(' '), Hex);
                    compositions.Add((pair[0], pair[1]), Hex(sides[1]));
                    break;
            }
        }

        return new NormalisationTables(classes)
        {
            Decompositions = decompositions.ToFrozenDictionary(),
            Compositions = compositions.ToFrozenDictionary(),
        };
    }

    private static void AddRange(Dictionary<int, byte> classes, int[] range, byte value)
    {
        for (var point = range[0]; point <= range[1]; point++)
        {
            classes.Add(point, value);
        }
    }

    private static int Hex(string digits) => int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
