using System.Text;

namespace DialogueMesh.Embedding.WordPieces;

/// <summary>
/// Splits text into words as BERT's basic tokenizer does (Devlin et al., 2019; Hugging Face's BertNormalizer and
/// BertPreTokenizer): normalised, apart at white space, each punctuation character a word of its own. One reader reads one text.
/// </summary>
internal ref struct WordReader(ReadOnlySpan<char> text, WordRules rules)
{
    private static readonly CharacterTables Tables = CharacterTables.Instance;

    // Normalised characters that are not yet part of a word that was given out; from here on.
    private readonly List<Rune> pending = [];
    private readonly List<Rune> parts = [];
    private readonly StringBuilder word = new();
    private ReadOnlySpan<char> rest = text;
    private int next;

    /// <summary>The next word, or null at the end. Code points: how many the word has.</summary>
    public string? Read(out int codePoints)
    {
        word.Clear();
        codePoints = 0;
        while (Peek() is { } rune)
        {
            var isWhite = Rune.IsWhiteSpace(rune);
            var isPunctuation = Tables.IsPunctuation(rune);
            if (codePoints > 0 && (isWhite || isPunctuation))
            {
                break;
            }

            next++;
            if (isWhite)
            {
                continue;
            }

            word.Append(rune);
            codePoints++;
            if (isPunctuation)
            {
                break;
            }
        }

        return codePoints > 0 ? word.ToString() : null;
    }

    private Rune? Peek()
    {
        while (next == pending.Count)
        {
            (next, var status) = (0, Rune.DecodeFromUtf16(rest, out var rune, out var length));
            pending.Clear();
            if (status == System.Buffers.OperationStatus.NeedMoreData && length == 0)
            {
                return null;
            }

            // A lone surrogate is decoded as U+FFFD.
            rest = rest[length..];
            Normalise(rune);
        }

        return pending[next];
    }

    private readonly void Normalise(Rune rune)
    {
        if (rules.CleanText && Tables.IsDropped(rune))
        {
            return;
        }

        if (rules.SplitIdeographs && IsIdeograph(rune.Value))
        {
            pending.Add(new Rune(' '));
            AppendFolded(rune);
            pending.Add(new Rune(' '));
        }
        else
        {
            AppendFolded(rune);
        }
    }

    private readonly void AppendFolded(Rune rune)
    {
        parts.Clear();
        if (rules.StripAccents)
        {
            Tables.AppendBase(rune, parts);
        }
        else
        {
            parts.Add(rune);
        }

        foreach (var part in parts)
        {
            if (rules.Lowercase)
            {
                Tables.AppendLower(part, pending);
            }
            else
            {
                pending.Add(part);
            }
        }
    }

    // The reference leaves U+2B820 to U+2B91F out, where BERT's own Python has them: so its ids are what models know.
    private static bool IsIdeograph(int point) => point
        is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B81F)
        or (>= 0x2B920 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
}
