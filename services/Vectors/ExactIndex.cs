using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using DialogueMesh.Vectors.Prefilter;
using DialogueMesh.Vectors.Storage;

namespace DialogueMesh.Vectors;

/// <summary>
/// Exact search among unit vectors. A pass over 8-bit codes skips what cannot matter, by a proven bound
/// (<see cref="QueryTile"/>); what is left is scored in double precision in a fixed order, so that answers do not depend on the
/// machine. Codes stay in memory, dimension + 12 bytes a vector; the vectors themselves are memory-mapped beyond the first
/// 16,384. One writer; any number of readers at the same time, each of which sees what was there when it began.
/// </summary>
public sealed class ExactIndex : IDisposable
{
    private const float UnitTolerance = 1e-3f;

    private readonly int dimension;
    private readonly double rounding;
    private readonly Layout layout;
    private readonly RowStore rows;
    private readonly sbyte[] written;

    private volatile CodeChunk[] chunks = [];
    private volatile int count;

    // One for each reader at the same time; more than there are processors gain nothing.
    private readonly QueryTile?[] spares = new QueryTile?[Environment.ProcessorCount];

    public ExactIndex(int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        this.dimension = dimension;
        rounding = RoundingBound(dimension);
        layout = new Layout(dimension);
        rows = new RowStore(dimension);
        written = new sbyte[layout.HeadBytes + layout.TailBytes];
    }

    public int Count => count;

    /// <summary>The vector that was added as number <paramref name="index"/>.</summary>
    public ReadOnlySpan<float> this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count);
            return rows.Read(index);
        }
    }

    /// <summary>
    /// How far a float32 dot product of two unit vectors can be from the exact one, whatever the order of its sum: n·u/(1 − n·u)
    /// with u = 2⁻²⁴ (Higham, Accuracy and Stability of Numerical Algorithms, 3.1), and the Cauchy–Schwarz inequality for
    /// Σ|aᵢbᵢ| ≤ |a||b|, where each length may be off by the tolerance of <see cref="Add"/>.
    /// </summary>
    public static double RoundingBound(int dimension)
    {
        var nu = dimension * Math.ScaleB(1, -24);
        return nu / (1 - nu) * (1 + UnitTolerance) * (1 + UnitTolerance);
    }

    /// <summary>Whether <paramref name="vector"/> has this index' dimension and the norm 1, within 0.001.</summary>
    public bool Fits(ReadOnlySpan<float> vector) =>
        vector.Length == dimension && Math.Abs(TensorPrimitives.Norm(vector) - 1) <= UnitTolerance;

    /// <summary>Adds a unit vector; returns its number, counting from 0. Not to be called from two threads at once.</summary>
    /// <exception cref="ArgumentException">It does not fit (<see cref="Fits"/>).</exception>
    public int Add(ReadOnlySpan<float> vector)
    {
        Check(vector);
        var row = count;
        if (row / RowStore.ChunkRows == chunks.Length)
        {
            chunks = [.. chunks, new CodeChunk(layout)];
        }

        rows.Write(row, vector);
        chunks[^1].Write(row % RowStore.ChunkRows, Quantised.Of(vector, layout.Head, written), written);
        count = row + 1;
        return row;
    }

    /// <summary>The vector with the highest cosine, the first of several; null when the index is empty.</summary>
    public Neighbour? Nearest(ReadOnlySpan<float> query)
    {
        var best = new Neighbour(-1, double.NegativeInfinity);
        Nearest(query, double.NegativeInfinity, new Span<Neighbour>(ref best));
        return best.Index < 0 ? null : best;
    }

    /// <summary>For each query the vector with the highest cosine of <paramref name="atLeast"/> or more, the first of several.</summary>
    /// <param name="queries">m unit vectors one after the other; from 16 on together they cost a fraction of m searches.</param>
    /// <param name="atLeast">What lies below need not be looked at: a high one makes the search fast.</param>
    /// <param name="best">m answers; the index is −1 where there is none.</param>
    public void Nearest(ReadOnlySpan<float> queries, double atLeast, Span<Neighbour> best)
    {
        Check(queries, best.Length);
        for (var first = 0; first < best.Length; first += QueryTile.MaxQueries)
        {
            var tile = best.Slice(first, Math.Min(QueryTile.MaxQueries, best.Length - first));
            tile.Fill(new Neighbour(-1, atLeast));
            var hits = new NearestHits(tile);
            Scan(queries.Slice(first * dimension, tile.Length * dimension), count, ref hits);
        }
    }

    /// <summary>All pairs of the index with a cosine of <paramref name="threshold"/> or more, by the later vector, then the earlier.</summary>
    public IReadOnlyList<NearPair> NearPairs(double threshold, CancellationToken ct = default)
    {
        var until = count;
        var tiles = (until + QueryTile.MaxQueries - 1) / QueryTile.MaxQueries;
        var found = new List<NearPair>[tiles];

        // The longest first: a tile is compared with all before it.
        Parallel.For(0, tiles, new ParallelOptions { CancellationToken = ct, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            var tile = tiles - 1 - i;
            var first = tile * QueryTile.MaxQueries;
            var queries = Math.Min(QueryTile.MaxQueries, until - first);
            var hits = new PairHits(first, threshold, []);
            Scan(rows.Read(first, queries), first + queries, ref hits);
            found[tile] = hits.Pairs;
        });
        return [.. found.SelectMany(pairs => pairs).OrderBy(pair => pair.Later).ThenBy(pair => pair.Earlier)];
    }

    public void Dispose() => rows.Dispose();

    /// <summary>The dot product in double precision, from first to last: every product is exact, every sum rounded once.</summary>
    internal static double Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += (double)a[i] * b[i];
        }

        return sum;
    }

    private void Scan<THits>(ReadOnlySpan<float> queries, int until, ref THits hits)
        where THits : IHits, allows ref struct
    {
        var tile = Take() ?? new QueryTile(layout);
        tile.Load(queries, dimension, 1 + UnitTolerance);
        var codes = chunks;
        for (var chunk = 0; chunk * RowStore.ChunkRows < until; chunk++)
        {
            var end = Math.Min(RowStore.ChunkRows, until - (chunk * RowStore.ChunkRows));
            tile.BoundHeads(codes[chunk], end);
            for (var query = 0; query < tile.Count; query++)
            {
                var scan = new ChunkScan(tile, codes[chunk], chunk * RowStore.ChunkRows, query);
                Scan(scan, queries.Slice(query * dimension, dimension), end, ref hits);
            }
        }

        Keep(tile);
    }

    private QueryTile? Take()
    {
        for (var i = 0; i < spares.Length; i++)
        {
            if (spares[i] is not null && Interlocked.Exchange(ref spares[i], null) is { } tile)
            {
                return tile;
            }
        }

        return null;
    }

    private void Keep(QueryTile tile)
    {
        for (var i = 0; i < spares.Length; i++)
        {
            if (Interlocked.CompareExchange(ref spares[i], tile, null) is null)
            {
                return;
            }
        }
    }

    private void Scan<THits>(ChunkScan scan, ReadOnlySpan<float> query, int end, ref THits hits)
        where THits : IHits, allows ref struct
    {
        var bounds = scan.Tile.Bounds(scan.Query)[..end];
        if (hits.Rise)
        {
            // The most promising first: what it scores rules out most of the others.
            Score(scan, query, TensorPrimitives.IndexOfMax(bounds), ref hits);
        }

        var floor = hits.Floor(scan.Query);
        for (var row = 0; row < end; row += Layout.BlockRows)
        {
            if (!MayHold(ref MemoryMarshal.GetReference(bounds), row, floor))
            {
                continue;
            }

            for (var i = row; i < Math.Min(row + Layout.BlockRows, end); i++)
            {
                if (bounds[i] >= floor)
                {
                    Score(scan, query, i, ref hits);
                    floor = hits.Floor(scan.Query);
                }
            }
        }
    }

    // Reads whole blocks: the tile's bounds are that long.
    private static bool MayHold(ref float bounds, int row, double floor)
    {
        var limit = Vector256.Create(MathF.BitDecrement((float)floor));
        return Vector256.GreaterThanOrEqualAny(Vector256.LoadUnsafe(ref bounds, (nuint)row), limit)
            || Vector256.GreaterThanOrEqualAny(Vector256.LoadUnsafe(ref bounds, (nuint)row + 8), limit);
    }

    private void Score<THits>(ChunkScan scan, ReadOnlySpan<float> query, int row, ref THits hits)
        where THits : IHits, allows ref struct
    {
        var floor = hits.Floor(scan.Query);
        if (scan.Tile.BoundWhole(scan.Codes, row, scan.Query) < floor)
        {
            return;
        }

        var vector = rows.Read(scan.FirstRow + row);
        if (TensorPrimitives.Dot(query, vector) + rounding >= floor)
        {
            hits.Offer(scan.Query, scan.FirstRow + row, Cosine(query, vector));
        }
    }

    private void Check(ReadOnlySpan<float> vectors, int number = 1)
    {
        if (vectors.Length != number * dimension)
        {
            throw new ArgumentException($"Not {number} vectors of {dimension} numbers.", nameof(vectors));
        }

        for (var i = 0; i < number; i++)
        {
            if (!Fits(vectors.Slice(i * dimension, dimension)))
            {
                throw new ArgumentException($"Not a unit vector of {dimension} numbers.", nameof(vectors));
            }
        }
    }

    private readonly record struct ChunkScan(QueryTile Tile, CodeChunk Codes, int FirstRow, int Query);
}
