namespace DialogueMesh.Embedding.WordPieces;

/// <summary>The pieces that a model knows, by their text.</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, int> ids;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> starts;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> continuations;

    /// <param name="ids">A piece that goes on within a word begins with <paramref name="continuationPrefix"/>.</param>
    public Vocabulary(Dictionary<string, int> ids, string continuationPrefix = "##")
    {
        this.ids = ids;
        starts = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        continuations = ids
            .Where(piece => piece.Key.StartsWith(continuationPrefix, StringComparison.Ordinal))
            .ToDictionary(piece => piece.Key[continuationPrefix.Length..], piece => piece.Value)
            .GetAlternateLookup<ReadOnlySpan<char>>();
        LongestPiece = ids.Keys.DefaultIfEmpty("").Max(piece => piece.Length);
    }

    /// <summary>In UTF-16 units.</summary>
    public int LongestPiece { get; }

    public int Count => ids.Count;

    public int? Find(string piece) => ids.TryGetValue(piece, out var id) ? id : null;

    public bool TryGetStart(ReadOnlySpan<char> text, out int id) => starts.TryGetValue(text, out id);

    public bool TryGetContinuation(ReadOnlySpan<char> text, out int id) => continuations.TryGetValue(text, out id);
}
