using System.Buffers.Binary;
using Google.Protobuf;

namespace DialogueMesh.Embedding.Remote;

/// <summary>Vectors as the protocol carries them.</summary>
internal static class VectorBytes
{
    public static ByteString Write(ReadOnlySpan<float> vector)
    {
        var bytes = new byte[vector.Length * sizeof(float)];
        for (var i = 0; i < vector.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), vector[i]);
        }

        return UnsafeByteOperations.UnsafeWrap(bytes);
    }

    public static float[] Read(ByteString bytes)
    {
        var vector = new float[bytes.Length / sizeof(float)];
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.Span[(i * sizeof(float))..]);
        }

        return vector;
    }
}
