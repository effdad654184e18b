using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using DialogueMesh.Vectors.Storage;

namespace DialogueMesh.Vectors.Prefilter;

/// <summary>The codes of <see cref="RowStore.ChunkRows"/> rows: dimension + 12 bytes a row.</summary>
internal sealed class CodeChunk(Layout layout)
{
    // Codes + 128. Heads: [block][group][row of the block][code of the group]; tails: row-major.
    private readonly byte[] heads = new byte[RowStore.ChunkRows * layout.HeadBytes];
    private readonly byte[] tails = new byte[RowStore.ChunkRows * layout.TailBytes];

    public float[] Scales { get; } = new float[RowStore.ChunkRows];

    public float[] Errors { get; } = new float[RowStore.ChunkRows];

    public float[] TailLengths { get; } = new float[RowStore.ChunkRows];

    public void Write(int row, Quantised quantised, ReadOnlySpan<sbyte> codes)
    {
        var (block, lane) = Math.DivRem(row, Layout.BlockRows);
        for (var i = 0; i < layout.HeadBytes; i++)
        {
            var (group, place) = Math.DivRem(i, Layout.Group);
            heads[(((((block * layout.Groups) + group) * Layout.BlockRows) + lane) * Layout.Group) + place] = Code(codes[i]);
        }

        for (var i = 0; i < layout.TailBytes; i++)
        {
            tails[(row * layout.TailBytes) + i] = Code(codes[layout.HeadBytes + i]);
        }

        (Scales[row], Errors[row], TailLengths[row]) = (quantised.Scale, quantised.Error, quantised.TailLength);
    }

    /// <summary>Σ (code + 128) · query over the tail of a row.</summary>
    public int TailDot(int row, ReadOnlySpan<sbyte> query) =>
        CodeProduct.Dot(tails.AsSpan(row * layout.TailBytes, layout.TailBytes), query);

    /// <summary>Σ (code + 128) · query over the heads of a block's 16 rows, for one query: rows 0–7 and 8–15.</summary>
    public (Vector256<int> Low, Vector256<int> High) HeadDots(int block, ref readonly sbyte query)
    {
        ref var codes = ref MemoryMarshal.GetArrayDataReference(heads);
        ref var groups = ref Unsafe.As<sbyte, int>(ref Unsafe.AsRef(in query));
        var (low, high) = (Vector256<int>.Zero, Vector256<int>.Zero);
        var at = block * layout.HeadBytes * Layout.BlockRows;
        for (var group = 0; group < layout.Groups; group++, at += 64)
        {
            var weights = Vector256.Create(Unsafe.Add(ref groups, group)).AsSByte();
            low = CodeProduct.Add(low, Vector256.LoadUnsafe(ref codes, (nuint)at), weights);
            high = CodeProduct.Add(high, Vector256.LoadUnsafe(ref codes, (nuint)at + 32), weights);
        }

        return (low, high);
    }

    /// <summary>The same for four queries at once, which reads the codes once; the queries lie <paramref name="stride"/> apart.</summary>
    public void HeadDots(int block, ref readonly sbyte queries, int stride, Span<Vector256<int>> sums)
    {
        ref var codes = ref MemoryMarshal.GetArrayDataReference(heads);
        ref var first = ref Unsafe.As<sbyte, int>(ref Unsafe.AsRef(in queries));
        var step = stride / Layout.Group;
        Vector256<int> low0 = default, low1 = default, low2 = default, low3 = default;
        Vector256<int> high0 = default, high1 = default, high2 = default, high3 = default;
        var at = block * layout.HeadBytes * Layout.BlockRows;
        for (var group = 0; group < layout.Groups; group++, at += 64)
        {
            var low = Vector256.LoadUnsafe(ref codes, (nuint)at);
            var high = Vector256.LoadUnsafe(ref codes, (nuint)at + 32);
            var weights = Vector256.Create(Unsafe.Add(ref first, group)).AsSByte();
            (low0, high0) = (CodeProduct.Add(low0, low, weights), CodeProduct.Add(high0, high, weights));
            weights = Vector256.Create(Unsafe.Add(ref first, group + step)).AsSByte();
            (low1, high1) = (CodeProduct.Add(low1, low, weights), CodeProduct.Add(high1, high, weights));
            weights = Vector256.Create(Unsafe.Add(ref first, group + (2 * step))).AsSByte();
            (low2, high2) = (CodeProduct.Add(low2, low, weights), CodeProduct.Add(high2, high, weights));
            weights = Vector256.Create(Unsafe.Add(ref first, group + (3 * step))).AsSByte();
            (low3, high3) = (CodeProduct.Add(low3, low, weights), CodeProduct.Add(high3, high, weights));
        }

        (sums[0], sums[1], sums[2], sums[3]) = (low0, high0, low1, high1);
        (sums[4], sums[5], sums[6], sums[7]) = (low2, high2, low3, high3);
    }

    private static byte Code(sbyte code) => (byte)(code + 128);
}
