using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using DialogueMesh.Contracts.Runs;

namespace DialogueMesh.Embedding.Hashing;

/// <summary>
/// Signed feature hashing (Weinberger et al., 2009) of words, word pairs within a line, and a light share of letter
/// trigrams: a feature's hash gives its dimension and its sign. Case, spacing and punctuation do not matter. Equal texts
/// give equal bits on every machine: sums run in double precision, in the order of the hashes, through operations that
/// IEEE 754 rounds exactly (the term frequency is damped by a square root, since a logarithm is not).
/// </summary>
public sealed class HashedEncoder : ITextEncoder
{
    public const int Dimension = 384;

    public EncoderId Id { get; } = new("hashed", Dimension, Digest());

    public double DefaultThreshold => 0.9;

    public ValueTask<float[][]> EncodeAsync(IReadOnlyList<string> texts, CancellationToken ct)
    {
        var vectors = new float[texts.Count][];
        for (var i = 0; i < vectors.Length; i++)
        {
            ct.ThrowIfCancellationRequested();
            vectors[i] = Encode(texts[i]);
        }

        return ValueTask.FromResult(vectors);
    }

    /// <summary>The unit vector of <paramref name="text"/>, <see cref="Dimension"/> numbers.</summary>
    public static float[] Encode(string text)
    {
        var features = new List<ulong>(text.Length * 2);
        Features.Collect(text, features);
        if (features.Count == 0)
        {
            features.Add(Features.OfWhole(text));
        }

        var hashes = CollectionsMarshal.AsSpan(features);
        hashes.Sort();
        Span<double> sums = stackalloc double[Dimension];
        sums.Clear();
        Accumulate(hashes, sums);
        return Normalise(sums);
    }

    private static void Accumulate(ReadOnlySpan<ulong> sorted, Span<double> sums)
    {
        for (var i = 0; i < sorted.Length;)
        {
            var feature = sorted[i];
            var end = i + 1;
            while (end < sorted.Length && sorted[end] == feature)
            {
                end++;
            }

            var weight = Features.Weights[Features.Class(feature)] * Math.Sqrt(end - i);
            var dimension = (int)Math.BigMul(feature, Dimension, out var rest);
            sums[dimension] += (rest & (1UL << 40)) == 0 ? weight : -weight;
            i = end;
        }
    }

    private static float[] Normalise(ReadOnlySpan<double> sums)
    {
        var square = 0.0;
        foreach (var sum in sums)
        {
            square += sum * sum;
        }

        var vector = new float[Dimension];
        if (square == 0)
        {
            // Every feature met its opposite: as good a direction as any, and still a unit vector.
            vector[0] = 1;
            return vector;
        }

        var norm = Math.Sqrt(square);
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] = (float)(sums[i] / norm);
        }

        return vector;
    }

    private static string Digest()
    {
        var parameters = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"hashed 1; dimension {Dimension}; damping sqrt; weights")
            .AppendJoin(' ', Features.Weights.Select(w => w.ToString("R", CultureInfo.InvariantCulture)))
            .Append("; function words ")
            .AppendJoin(' ', FunctionWords.All.Order(StringComparer.Ordinal));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(parameters.ToString())));
    }
}
