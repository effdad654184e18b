using System.Buffers.Binary;

namespace DialogueMesh.Contracts.Messages;

/// <summary>Vectors as little-endian float32, as messages, calls and the journal have them.</summary>
public static class VectorBytes
{
    public static byte[] Of(ReadOnlySpan<float> vector)
    {
        var bytes = new byte[vector.Length * sizeof(float)];
        Write(vector, bytes);
        return bytes;
    }

    public static void Write(ReadOnlySpan<float> vector, Span<byte> bytes)
    {
        for (var i = 0; i < vector.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes[(i * sizeof(float))..], vector[i]);
        }
    }

    public static float[] Read(ReadOnlySpan<byte> bytes)
    {
        var vector = new float[bytes.Length / sizeof(float)];
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..]);
        }

        return vector;
    }
}
