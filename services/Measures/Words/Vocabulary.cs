namespace DialogueMesh.Measures.Words;

/// <summary>Numbers words from 0 in the order in which they come. Not thread-safe.</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, int> ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private readonly List<string> words = [];

    public Vocabulary() => lookup = ids.GetAlternateLookup<ReadOnlySpan<char>>();

    public string this[int id] => words[id];

    public int IdOf(ReadOnlySpan<char> word)
    {
        if (!lookup.TryGetValue(word, out var id))
        {
            id = words.Count;
            words.Add(word.ToString());
            ids.Add(words[id], id);
        }

        return id;
    }
}
