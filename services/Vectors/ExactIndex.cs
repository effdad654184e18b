using System.Numerics.Tensors;

namespace DialogueMesh.Vectors;

/// <summary>
/// Exact search among unit vectors. A SIMD pass in float32 skips what cannot matter, by a proven bound on its rounding; what
/// is left is scored in double precision in a fixed order, so answers do not depend on the machine's vector width. Not
/// thread-safe.
/// </summary>
public sealed class ExactIndex
{
    private const float UnitTolerance = 1e-3f;

    // Six megabytes a chunk at 384 dimensions: no array near 2 GB, and growth never copies.
    private const int ChunkSize = 4096;

    private readonly List<float[]> chunks = [];
    private readonly int dimension;
    private readonly double bound;

    public ExactIndex(int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        this.dimension = dimension;
        bound = RoundingBound(dimension);
    }

    public int Count { get; private set; }

    /// <summary>The vector that was added as number <paramref name="index"/>.</summary>
    public ReadOnlySpan<float> this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return chunks[index / ChunkSize].AsSpan(index % ChunkSize * dimension, dimension);
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

    /// <summary>Adds a unit vector; returns its number, counting from 0.</summary>
    /// <exception cref="ArgumentException">It does not fit (<see cref="Fits"/>).</exception>
    public int Add(ReadOnlySpan<float> vector)
    {
        Check(vector);
        if (Count % ChunkSize == 0)
        {
            chunks.Add(GC.AllocateUninitializedArray<float>(ChunkSize * dimension));
        }

        vector.CopyTo(chunks[^1].AsSpan(Count % ChunkSize * dimension));
        return Count++;
    }

    /// <summary>The vector with the highest cosine, the first of several; null when the index is empty.</summary>
    public Neighbour? Nearest(ReadOnlySpan<float> query)
    {
        Check(query);
        var best = new Neighbour(-1, double.NegativeInfinity);
        for (var index = 0; index < Count; index++)
        {
            var row = Row(index);
            if (TensorPrimitives.Dot(query, row) + bound >= best.Cosine && Cosine(query, row) is var cosine && cosine > best.Cosine)
            {
                best = new Neighbour(index, cosine);
            }
        }

        return Count == 0 ? null : best;
    }

    /// <summary>Whether any vector has a cosine of <paramref name="threshold"/> or more.</summary>
    public bool AnyAtLeast(ReadOnlySpan<float> query, double threshold)
    {
        Check(query);
        for (var index = 0; index < Count; index++)
        {
            var row = Row(index);
            if (TensorPrimitives.Dot(query, row) + bound >= threshold && Cosine(query, row) >= threshold)
            {
                return true;
            }
        }

        return false;
    }

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

    private ReadOnlySpan<float> Row(int index) => chunks[index / ChunkSize].AsSpan(index % ChunkSize * dimension, dimension);

    private void Check(ReadOnlySpan<float> vector)
    {
        if (!Fits(vector))
        {
            throw new ArgumentException($"Not a unit vector of {dimension} numbers.", nameof(vector));
        }
    }
}
