using DialogueMesh.Vectors;

namespace DialogueMesh.Dataset.Gate;

/// <summary>A dataset that was there before the run.</summary>
/// <param name="Name">Of its file, without the folder.</param>
/// <param name="Sha256">Of its file.</param>
/// <param name="Dialogues">How many have words.</param>
public sealed record EarlierDataset(string Name, string Sha256, int Dialogues);

/// <summary>An earlier dialogue and its cosine with a candidate.</summary>
internal sealed record EarlierMatch(string Name, double Cosine);

/// <summary>
/// Texts and meanings that nothing of a run may resemble, from before it began. Filled before the run is opened, then only read;
/// texts that are the same count once.
/// </summary>
public sealed class EarlierDialogues : IDisposable
{
    private readonly List<EarlierDataset> datasets = [];
    private readonly List<string> names = [];
    private readonly Dictionary<string, string> byHash = new(StringComparer.Ordinal);
    private ExactIndex? index;

    /// <summary>What they are from.</summary>
    public IReadOnlyList<EarlierDataset> Datasets => datasets;

    public void Add(EarlierDataset dataset) => datasets.Add(dataset);

    /// <summary>Whether this text is there already, under whatever name.</summary>
    public bool Has(string hash) => byHash.ContainsKey(hash);

    /// <param name="name">What rejections call it.</param>
    /// <param name="hash">Of its canonical text; not there yet.</param>
    /// <param name="vector">A unit vector of the run's encoder.</param>
    public void Add(string name, string hash, ReadOnlySpan<float> vector)
    {
        index ??= new ExactIndex(vector.Length);
        index.Add(vector);
        names.Add(name);
        byHash.Add(hash, name);
    }

    public void Dispose() => index?.Dispose();

    /// <summary>The name of the one with this text.</summary>
    internal string? WithHash(string hash) => byHash.GetValueOrDefault(hash);

    /// <summary>The first of those with the highest cosine, where that is <paramref name="atLeast"/> or more.</summary>
    internal EarlierMatch? Nearest(ReadOnlySpan<float> vector, double atLeast)
    {
        if (index is null)
        {
            return null;
        }

        Span<Neighbour> best = stackalloc Neighbour[1];
        index.Nearest(vector, atLeast, best);
        return best[0].Index < 0 ? null : new EarlierMatch(names[best[0].Index], best[0].Cosine);
    }
}
