using System.Buffers.Binary;
using System.Text;

namespace DialogueMesh.Dataset.Files;

/// <summary>NumPy's array file, version 1.0 (numpy.lib.format): float32, little-endian, C order.</summary>
internal static class NpyFile
{
    private const int Alignment = 64;

    /// <summary>The header of a (rows, columns) array, its length a multiple of 64.</summary>
    public static byte[] Header(int rows, int columns)
    {
        var dictionary = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({rows}, {columns}), }}";
        const int Fixed = 10;
        var length = (Fixed + dictionary.Length + 1 + Alignment - 1) / Alignment * Alignment;
        var header = new byte[length];
        header.AsSpan().Fill((byte)' ');
        ReadOnlySpan<byte> start = [0x93, .. "NUMPY"u8, 1, 0];
        start.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)(length - Fixed));
        Encoding.ASCII.GetBytes(dictionary, header.AsSpan(Fixed));
        header[^1] = (byte)'\n';
        return header;
    }
}
