using System.Numerics.Tensors;

namespace DialogueMesh.Embedding.Batching;

internal static class PooledVectors
{
    /// <summary>Adds the pooled vector of one window, times <paramref name="weight"/>, to <paramref name="sum"/>.</summary>
    /// <param name="tokens">The window's vectors one after the other, <c>sum.Length</c> numbers each, without those of padding.</param>
    public static void AddPooled(ReadOnlySpan<float> tokens, Pooling pooling, float weight, Span<float> sum)
    {
        var dimension = sum.Length;
        if (pooling == Pooling.Cls)
        {
            TensorPrimitives.MultiplyAdd(tokens[..dimension], weight, sum, sum);
            return;
        }

        var mean = new float[dimension];
        for (var start = 0; start < tokens.Length; start += dimension)
        {
            TensorPrimitives.Add(mean, tokens.Slice(start, dimension), mean);
        }

        TensorPrimitives.MultiplyAdd(mean, weight * dimension / tokens.Length, sum, sum);
    }

    /// <summary>Makes it a unit vector, the first axis if it has no direction.</summary>
    public static void Normalise(Span<float> vector)
    {
        var norm = TensorPrimitives.Norm<float>(vector);
        if (norm > 0)
        {
            TensorPrimitives.Divide(vector, norm, vector);
        }
        else
        {
            vector.Clear();
            vector[0] = 1;
        }
    }
}
