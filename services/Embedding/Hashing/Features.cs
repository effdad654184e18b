using System.Text;

namespace DialogueMesh.Embedding.Hashing;

/// <summary>What a text is counted by: 64-bit hashes of its features, each with its weight class in the lowest bits.</summary>
internal static class Features
{
    private const int Word = 0;
    private const int FunctionWord = 1;
    private const int Pair = 2;
    private const int PairWithFunctionWord = 3;
    private const int FunctionWordPair = 4;
    private const int Trigram = 5;
    private const ulong ClassMask = 7;

    // FNV-1a, 64 bits.
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    private static readonly HashSet<ulong> FunctionWordHashes = [.. FunctionWords.All.Select(HashOf)];

    /// <summary>
    /// By class. Function words say little about what a dialogue is about, but their order tells phrasings apart: they weigh
    /// little rather than nothing.
    /// </summary>
    public static double[] Weights { get; } = [1.0, 0.5, 0.4, 0.4, 0.4, 0.15];

    public static int Class(ulong feature) => (int)(feature & ClassMask);

    /// <summary>The feature of a text that has no words.</summary>
    public static ulong OfWhole(string text) => Feature(HashOf(text.Trim()), Word);

    /// <summary>Appends the features of <paramref name="text"/>; a word is a run of letters, marks and digits of one line.</summary>
    public static void Collect(ReadOnlySpan<char> text, List<ulong> features)
    {
        Span<char> word = stackalloc char[64];
        var length = 0;
        ulong previous = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsPartOfWord(rune))
            {
                // A longer word is cut in pieces.
                length = length > word.Length - 2 ? Flush(word, length, ref previous, features) : length;
                length += Rune.ToLowerInvariant(rune).EncodeToUtf16(word[length..]);
            }
            else if (!IsApostrophe(rune))
            {
                length = Flush(word, length, ref previous, features);
                previous = rune.Value == '\n' ? 0 : previous;
            }
        }

        Flush(word, length, ref previous, features);
    }

    private static int Flush(ReadOnlySpan<char> buffer, int length, ref ulong previous, List<ulong> features)
    {
        if (length > 0)
        {
            var word = buffer[..length];
            var hash = HashOf(word);
            AddWords(hash, previous, features);
            AddTrigrams(word, features);
            previous = hash;
        }

        return 0;
    }

    private static void AddWords(ulong hash, ulong previous, List<ulong> features)
    {
        var isFunctionWord = FunctionWordHashes.Contains(hash);
        features.Add(Feature(hash, isFunctionWord ? FunctionWord : Word));
        if (previous != 0)
        {
            var functionWords = (isFunctionWord ? 1 : 0) + (FunctionWordHashes.Contains(previous) ? 1 : 0);
            features.Add(Feature((ulong.RotateLeft(previous, 23) * Prime) ^ hash, Pair + functionWords));
        }
    }

    // Inflected forms of a long word share most of its trigrams; a word of three letters is its own trigram.
    private static void AddTrigrams(ReadOnlySpan<char> word, List<ulong> features)
    {
        if (word.Length < 4)
        {
            return;
        }

        for (var i = 0; i + 3 <= word.Length; i++)
        {
            features.Add(Feature(HashOf(word.Slice(i, 3)), Trigram));
        }
    }

    private static bool IsPartOfWord(Rune rune) =>
        rune.IsAscii ? char.IsAsciiLetterOrDigit((char)rune.Value) : Rune.IsLetterOrDigit(rune) || IsMark(rune);

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark
            or System.Globalization.UnicodeCategory.SpacingCombiningMark;

    // Don't is one word, with either apostrophe.
    private static bool IsApostrophe(Rune rune) => rune.Value is '\'' or '\u2019';

    private static ulong HashOf(string text) => HashOf(text.AsSpan());

    private static ulong HashOf(ReadOnlySpan<char> text)
    {
        var hash = Offset;
        foreach (var unit in text)
        {
            hash = (hash ^ unit) * Prime;
        }

        return hash;
    }

    // MurmurHash3's finaliser spreads FNV's weak high bits; the class keeps equal words of different kinds apart.
    private static ulong Feature(ulong hash, int kind)
    {
        hash += (ulong)kind * 0x9E3779B97F4A7C15;
        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCD;
        hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53;
        hash ^= hash >> 33;
        return (hash & ~ClassMask) | (uint)kind;
    }
}
