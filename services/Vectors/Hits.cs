namespace DialogueMesh.Vectors;

/// <summary>What a scan looks for.</summary>
internal interface IHits
{
    /// <summary>Whether what is found raises the floor.</summary>
    bool Rise { get; }

    /// <summary>Cosines below it are of no interest to the query.</summary>
    double Floor(int query);

    void Offer(int query, int index, double cosine);
}

/// <summary>The nearest of each query; starts from the cosines that are of interest at least.</summary>
internal readonly ref struct NearestHits(Span<Neighbour> best) : IHits
{
    private readonly Span<Neighbour> best = best;

    public bool Rise => true;

    public double Floor(int query) => best[query].Cosine;

    public void Offer(int query, int index, double cosine)
    {
        ref var known = ref best[query];
        if (cosine > known.Cosine || (cosine == known.Cosine && (known.Index < 0 || index < known.Index)))
        {
            known = new Neighbour(index, cosine);
        }
    }
}

/// <summary>The pairs of queries, which are vectors of the index from <paramref name="first"/> on, and vectors before them.</summary>
internal readonly struct PairHits(int first, double threshold, List<NearPair> pairs) : IHits
{
    public List<NearPair> Pairs => pairs;

    public bool Rise => false;

    public double Floor(int query) => threshold;

    public void Offer(int query, int index, double cosine)
    {
        if (index < first + query && cosine >= threshold)
        {
            pairs.Add(new NearPair(index, first + query, cosine));
        }
    }
}
