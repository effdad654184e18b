using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace DialogueMesh.Embedding.Static;

/// <summary>
/// How often a canonical text takes each row of an encoder's table: by its words, and by pairs of neighbouring words in an
/// utterance, where a number and a word that is not common stand for any. The same as eng/encoder/features.py, byte for byte.
/// One text at a time; allocates nothing once its buffers have grown.
/// </summary>
internal sealed class FeatureCounts(int tableRows, WordHashes common)
{
    private static readonly uint Begin = Fnv.Of("^"), End = Fnv.Of("$"), Number = Fnv.Of("#"), Value = Fnv.Of("*");

    private readonly int[] counts = new int[tableRows];
    private readonly List<int> rows = [];
    private byte[] word = new byte[64];
    private int length;
    private uint wordHash = Fnv.Start;
    private uint left;

    /// <summary>The rows taken, in the order in which they first stand in the text.</summary>
    public ReadOnlySpan<int> Rows => CollectionsMarshal.AsSpan(rows);

    public int Count(int row) => counts[row];

    /// <summary>Counts the features of <paramref name="text"/>; of a text without words, the whole of it is one.</summary>
    public void Read(ReadOnlySpan<char> text)
    {
        Clear();
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii ? char.IsAsciiLetterOrDigit((char)rune.Value) : IsPartOfWord(rune))
            {
                Append(rune);
            }
            else if (rune.Value != '\'')
            {
                EndWord();
                if (rune.Value == '\n')
                {
                    EndUtterance();
                }
            }
        }

        EndWord();
        EndUtterance();
        if (rows.Count == 0)
        {
            Take(Fnv.Of(text.Trim(' ')));
        }
    }

    private static bool IsPartOfWord(Rune rune) => Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    private void Clear()
    {
        foreach (var row in rows)
        {
            counts[row] = 0;
        }

        rows.Clear();
        left = Begin;
    }

    private void Append(Rune rune)
    {
        if (word.Length < length + 4)
        {
            Array.Resize(ref word, word.Length * 2);
        }

        var start = length;
        if (Rune.IsDigit(rune))
        {
            word[length++] = (byte)'0';
        }
        else
        {
            length += rune.EncodeToUtf8(word.AsSpan(start));
        }

        wordHash = Fnv.Add(wordHash, word.AsSpan(start, length - start));
    }

    private void EndWord()
    {
        if (length == 0)
        {
            return;
        }

        Take(wordHash);
        if (word[0] == '0')
        {
            TakePair(Number, "#"u8);
        }
        else if (common.Contains(wordHash))
        {
            TakePair(wordHash, word.AsSpan(0, length));
        }
        else
        {
            TakePair(Value, "*"u8);
        }

        (length, wordHash) = (0, Fnv.Start);
    }

    private void EndUtterance()
    {
        if (left != Begin)
        {
            TakePair(End, "$"u8);
            left = Begin;
        }
    }

    // The hash of "left right" goes on from that of left.
    private void TakePair(uint right, ReadOnlySpan<byte> bytes)
    {
        Take(Fnv.Add(Fnv.Add(left, (byte)' '), bytes));
        left = right;
    }

    private void Take(uint hash)
    {
        var row = (int)(hash % (uint)counts.Length);
        if (counts[row]++ == 0)
        {
            rows.Add(row);
        }
    }
}
