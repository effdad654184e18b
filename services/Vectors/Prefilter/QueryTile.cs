using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using DialogueMesh.Vectors.Storage;

namespace DialogueMesh.Vectors.Prefilter;

/// <summary>
/// Queries that are compared with the rows together, and upper bounds of their cosines. For a query q ≈ t·b and a row x ≈ s·a
/// (scales and codes), with |x| ≤ L, split into head h and tail:
/// <code>
/// q·x ≤ t·s·(bₕ·aₕ) + |t·bₕ|·|xₕ − s·aₕ| + |qₕ − t·bₕ|·L + |q tail|·|x tail|      (head)
/// q·x ≤ t·s·(b·a)   + |t·b| ·|x − s·a|   + |q − t·b|  ·L                          (all)
/// </code>
/// by the Cauchy–Schwarz inequality for each part. The products of codes are whole numbers below 2²⁴; what the few float32
/// operations around them round is within <see cref="Rounding"/>. Reused: a search allocates nothing.
/// </summary>
internal sealed class QueryTile(Layout layout)
{
    public const int MaxQueries = 16;

    /// <summary>Each bound is a sum of at most four terms of 2 or less, with at most eight roundings of 2⁻²⁴ each.</summary>
    private const float Rounding = 1e-5f;

    private const int CodeOffset = 128;
    private readonly int stride = layout.HeadBytes + layout.TailBytes;
    private readonly sbyte[] codes = new sbyte[MaxQueries * (layout.HeadBytes + layout.TailBytes)];
    private readonly Terms[] terms = new Terms[MaxQueries];
    private readonly float[] bounds = new float[MaxQueries * RowStore.ChunkRows];

    public int Count { get; private set; }

    /// <param name="queries">Unit vectors one after the other, 16 at most.</param>
    /// <param name="dimension">Numbers of each.</param>
    /// <param name="maxLength">L: no row is longer.</param>
    public void Load(ReadOnlySpan<float> queries, int dimension, double maxLength)
    {
        Count = queries.Length / dimension;
        for (var query = 0; query < Count; query++)
        {
            terms[query] = Terms.Of(queries.Slice(query * dimension, dimension), layout, Codes(query), maxLength);
        }
    }

    /// <summary>Bounds by the head for the first <paramref name="rows"/> rows of a chunk, to be read by <see cref="Bounds"/>.</summary>
    public void BoundHeads(CodeChunk chunk, int rows)
    {
        Span<Vector256<int>> sums = stackalloc Vector256<int>[8];
        for (var block = 0; block * Layout.BlockRows < rows; block++)
        {
            var query = 0;
            for (; query + 4 <= Count; query += 4)
            {
                chunk.HeadDots(block, ref codes[query * stride], stride, sums);
                for (var i = 0; i < 4; i++)
                {
                    Bound(chunk, block, query + i, sums[2 * i], sums[(2 * i) + 1]);
                }
            }

            for (; query < Count; query++)
            {
                var (low, high) = chunk.HeadDots(block, ref codes[query * stride]);
                Bound(chunk, block, query, low, high);
            }
        }
    }

    /// <summary>What <see cref="BoundHeads"/> found for a query; at least as many numbers as rows, in whole blocks.</summary>
    public Span<float> Bounds(int query) => bounds.AsSpan(query * RowStore.ChunkRows, RowStore.ChunkRows);

    /// <summary>The bound by head and tail.</summary>
    public float BoundWhole(CodeChunk chunk, int row, int query)
    {
        var of = terms[query];
        var tail = chunk.TailDot(row, Codes(query)[layout.HeadBytes..]) - (CodeOffset * of.TailSum);
        var (error, rest) = (chunk.Errors[row], chunk.TailLengths[row]);
        var head = Bounds(query)[row] - of.HeadRest(error, rest);
        return head + (of.Scale * chunk.Scales[row] * tail) + (of.Length * error) + of.Error + Rounding;
    }

    private void Bound(CodeChunk chunk, int block, int query, Vector256<int> low, Vector256<int> high)
    {
        var at = block * Layout.BlockRows;
        Bound(chunk, at, query, low);
        Bound(chunk, at + Vector256<int>.Count, query, high);
    }

    private void Bound(CodeChunk chunk, int row, int query, Vector256<int> sums)
    {
        var of = terms[query];
        var products = Vector256.ConvertToSingle(sums - Vector256.Create(CodeOffset * of.HeadSum));
        var bound = (products * (of.Scale * Load(chunk.Scales, row)))
            + (of.HeadLength * Load(chunk.Errors, row))
            + (of.TailLength * Load(chunk.TailLengths, row))
            + Vector256.Create(of.HeadError + Rounding);
        bound.StoreUnsafe(ref MemoryMarshal.GetReference(Bounds(query)), (nuint)row);
    }

    private static Vector256<float> Load(float[] numbers, int row) =>
        Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(numbers), (nuint)row);

    private Span<sbyte> Codes(int query) => codes.AsSpan(query * stride, stride);

    /// <summary>A query's part of the bounds: errors times L, lengths of scale · codes, sums of codes.</summary>
    private readonly record struct Terms(
        float Scale, float HeadError, float Error, float HeadLength, float Length, float TailLength, int HeadSum, int TailSum)
    {
        public static Terms Of(ReadOnlySpan<float> vector, Layout layout, Span<sbyte> codes, double maxLength)
        {
            var quantised = Quantised.Of(vector, layout.Head, codes);
            var head = codes[..layout.HeadBytes];
            var tail = codes[layout.HeadBytes..];
            return new Terms(
                quantised.Scale,
                Above(quantised.HeadError * maxLength),
                Above(quantised.Error * maxLength),
                Above(quantised.Scale * Math.Sqrt(Squares(head))),
                Above(quantised.Scale * Math.Sqrt(Squares(head) + Squares(tail))),
                quantised.TailLength,
                Sum(head),
                Sum(tail));
        }

        /// <summary>All of the head's bound but its products.</summary>
        public float HeadRest(float error, float tailLength) =>
            (HeadLength * error) + (TailLength * tailLength) + HeadError + Rounding;

        private static float Above(double number) => MathF.BitIncrement((float)number);

        private static int Sum(ReadOnlySpan<sbyte> codes)
        {
            var sum = 0;
            foreach (var code in codes)
            {
                sum += code;
            }

            return sum;
        }

        private static double Squares(ReadOnlySpan<sbyte> codes)
        {
            var sum = 0.0;
            foreach (var code in codes)
            {
                sum += code * code;
            }

            return sum;
        }
    }
}
