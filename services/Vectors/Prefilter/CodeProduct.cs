using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DialogueMesh.Vectors.Prefilter;

/// <summary>
/// Products of unsigned codes and signed ones, four neighbours summed into each 32-bit lane. All paths give the same whole
/// numbers, so answers do not depend on the machine.
/// </summary>
internal static class CodeProduct
{
    /// <summary>sums[i] + Σₖ codes[4i + k] · query[4i + k], k = 0..3.</summary>
    public static Vector256<int> Add(Vector256<int> sums, Vector256<byte> codes, Vector256<sbyte> query)
    {
        if (AvxVnni.IsSupported)
        {
            return AvxVnni.MultiplyWideningAndAdd(sums, codes, query);
        }

        return Avx2.IsSupported ? AddByPairs(sums, codes, query) : AddByLanes(sums, codes, query);
    }

    /// <summary>Σ codes[i] · query[i] over two spans whose equal length is a multiple of 32.</summary>
    public static int Dot(ReadOnlySpan<byte> codes, ReadOnlySpan<sbyte> query)
    {
        var sums = Vector256<int>.Zero;
        var left = MemoryMarshal.Cast<byte, Vector256<byte>>(codes);
        var right = MemoryMarshal.Cast<sbyte, Vector256<sbyte>>(query);
        for (var i = 0; i < left.Length; i++)
        {
            sums = Add(sums, left[i], right[i]);
        }

        return Vector256.Sum(sums);
    }

    internal static Vector256<int> AddByPairs(Vector256<int> sums, Vector256<byte> codes, Vector256<sbyte> query)
    {
        var evenCodes = (codes.AsUInt16() & Vector256.Create((ushort)0xFF)).AsInt16();
        var oddCodes = (codes.AsUInt16() >>> 8).AsInt16();
        var evenQuery = (query.AsInt16() << 8) >> 8;
        var oddQuery = query.AsInt16() >> 8;
        return sums + Avx2.MultiplyAddAdjacent(evenCodes, evenQuery) + Avx2.MultiplyAddAdjacent(oddCodes, oddQuery);
    }

    internal static Vector256<int> AddByLanes(Vector256<int> sums, Vector256<byte> codes, Vector256<sbyte> query)
    {
        for (var shift = 0; shift < 32; shift += 8)
        {
            var code = (codes.AsUInt32() >>> shift).AsInt32() & Vector256.Create(0xFF);
            var weight = (query.AsInt32() << (24 - shift)) >> 24;
            sums += code * weight;
        }

        return sums;
    }
}
