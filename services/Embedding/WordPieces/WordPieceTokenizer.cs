using System.Buffers;

namespace DialogueMesh.Embedding.WordPieces;

/// <summary>
/// Text to the ids that a BERT-like model was trained on: words (<see cref="WordReader"/>), each cut into the longest pieces
/// of the vocabulary from its left (Wu et al., 2016). Equal to Hugging Face's tokenizers, ids of marker texts such as [SEP]
/// included.
/// </summary>
internal sealed class WordPieceTokenizer
{
    private readonly Vocabulary vocabulary;
    private readonly TokenizerSettings settings;
    private readonly KeyValuePair<string, int>[] markers;
    private readonly SearchValues<string> markerTexts;

    public WordPieceTokenizer(Vocabulary vocabulary, TokenizerSettings settings)
    {
        this.vocabulary = vocabulary;
        this.settings = settings;
        // Where two begin at one place, the longer one counts.
        markers = [.. settings.Markers.Where(marker => marker.Key.Length > 0).OrderByDescending(marker => marker.Key.Length)];
        markerTexts = SearchValues.Create([.. markers.Select(marker => marker.Key)], StringComparison.Ordinal);
    }

    /// <summary>What stands before and after the ids of every input.</summary>
    public IReadOnlyList<int> Prefix => settings.Prefix;

    public IReadOnlyList<int> Suffix => settings.Suffix;

    public int Padding => settings.Padding;

    /// <summary>The ids of <paramref name="text"/>, of any length, without <see cref="Prefix"/> and <see cref="Suffix"/>.</summary>
    public List<int> Encode(string text)
    {
        var ids = new List<int>(text.Length / 3);
        var rest = text.AsSpan();
        for (var place = rest.IndexOfAny(markerTexts); place >= 0; place = rest.IndexOfAny(markerTexts))
        {
            AppendText(rest[..place], ids);
            foreach (var (marker, id) in markers)
            {
                if (rest[place..].StartsWith(marker, StringComparison.Ordinal))
                {
                    ids.Add(id);
                    rest = rest[(place + marker.Length)..];
                    break;
                }
            }
        }

        AppendText(rest, ids);
        return ids;
    }

    private void AppendText(ReadOnlySpan<char> text, List<int> ids)
    {
        var reader = new WordReader(text, settings.Rules);
        while (reader.Read(out var codePoints) is { } word)
        {
            if (codePoints > settings.LongestWord || !TryAppendPieces(word, ids))
            {
                ids.Add(settings.Unknown);
            }
        }
    }

    private bool TryAppendPieces(ReadOnlySpan<char> word, List<int> ids)
    {
        var count = ids.Count;
        for (var start = 0; start < word.Length;)
        {
            var end = Math.Min(word.Length, start + vocabulary.LongestPiece);
            var id = 0;
            while (end > start && !(start == 0
                ? vocabulary.TryGetStart(word[..end], out id)
                : vocabulary.TryGetContinuation(word[start..end], out id)))
            {
                end--;
            }

            if (end == start)
            {
                // One part that is not in the vocabulary makes the whole word unknown.
                ids.RemoveRange(count, ids.Count - count);
                return false;
            }

            ids.Add(id);
            start = end;
        }

        return true;
    }
}
