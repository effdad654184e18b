using DialogueMesh.Vectors;

namespace DialogueMesh.Dataset.Gate;

/// <summary>The texts and meanings accepted so far.</summary>
internal sealed class AcceptedDialogues(int dimension) : IDisposable
{
    private readonly ExactIndex index = new(dimension);
    private readonly List<int> ordinals = [];
    private readonly Dictionary<string, int> byHash = new(StringComparer.Ordinal);
    private readonly Dictionary<int, int> places = [];

    public int Count => ordinals.Count;

    /// <summary>Whether this is a unit vector of the encoder's dimension.</summary>
    public bool Fits(ReadOnlySpan<float> vector) => index.Fits(vector);

    public void Add(int ordinal, string hash, ReadOnlySpan<float> vector)
    {
        places.Add(ordinal, index.Add(vector));
        byHash.Add(hash, ordinal);
        ordinals.Add(ordinal);
    }

    public ReadOnlySpan<float> Vector(int ordinal) => index[places[ordinal]];

    /// <summary>The ordinal accepted with this text.</summary>
    public int? WithHash(string hash) => byHash.TryGetValue(hash, out var ordinal) ? ordinal : null;

    /// <summary>The ordinal accepted first of those with the highest cosine.</summary>
    public NearestAccepted? Nearest(ReadOnlySpan<float> vector) =>
        index.Nearest(vector) is { } nearest ? new NearestAccepted(ordinals[nearest.Index], nearest.Cosine) : null;

    public void Dispose() => index.Dispose();
}
