using System.Collections.Concurrent;
using System.Numerics;
using DialogueMesh.Contracts.Runs;

namespace DialogueMesh.Embedding.Static;

/// <summary>
/// The built-in encoder: the weighted sum of a trained table's rows, one for each feature of a canonical text. Sums are of whole
/// numbers, so equal texts give equal bits on every machine, whatever its vector width. The file, its training and its figures:
/// data/encoder/README.md.
/// </summary>
public sealed class StaticEncoder : ITextEncoder
{
    // With at most 65,536 rows a sum stays below 2^31: 128 × 256 × 65,536 is just that.
    private const int MostWeight = 256;

    private static readonly Lazy<StaticEncoder> Shared = new(() => new StaticEncoder(EncoderTable.Read(ReadFile())));
    private static readonly short[] Weights = [.. Enumerable.Range(0, 1024).Select(WeightOf)];

    private readonly EncoderTable table;
    private readonly ConcurrentBag<FeatureCounts> idle = [];

    internal StaticEncoder(EncoderTable table)
    {
        this.table = table;
        Id = new EncoderId("builtin", table.Dimension, table.Sha256);
    }

    /// <summary>The one in this program, read once.</summary>
    public static StaticEncoder BuiltIn => Shared.Value;

    public EncoderId Id { get; }

    /// <summary>About what 0.9 on all-MiniLM-L6-v2 is among the dialogues of one run: docs/uniqueness.md.</summary>
    public double DefaultThreshold => 0.85;

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

    /// <summary>The unit vector of a canonical text.</summary>
    public float[] Encode(string text)
    {
        Span<int> sums = stackalloc int[table.Dimension];
        sums.Clear();
        var counts = idle.TryTake(out var free) ? free : new FeatureCounts(table.Rows, table.Common);
        counts.Read(text);
        foreach (var row in counts.Rows)
        {
            var count = counts.Count(row);
            AddTimes(table.Row(row), count < Weights.Length ? Weights[count] : WeightOf(count), sums);
        }

        idle.Add(counts);
        return Normalise(sums);
    }

    // 16 (1 + ln count): the sublinear term frequency of information retrieval, as eng/encoder/features.py has it.
    internal static short WeightOf(int count) =>
        (short)(count == 0 ? 0 : Math.Min(MostWeight, Math.Floor((16 * (1 + Math.Log(count))) + 0.5)));

    private static void AddTimes(ReadOnlySpan<sbyte> row, short weight, Span<int> sums)
    {
        var factor = new Vector<short>(weight);
        for (var i = 0; i < row.Length; i += Vector<sbyte>.Count)
        {
            Vector.Widen(new Vector<sbyte>(row[i..]), out var low, out var high);
            Add(low * factor, sums[i..]);
            Add(high * factor, sums[(i + Vector<short>.Count)..]);
        }
    }

    private static void Add(Vector<short> numbers, Span<int> sums)
    {
        Vector.Widen(numbers, out var low, out var high);
        (new Vector<int>(sums) + low).CopyTo(sums);
        var rest = sums[Vector<int>.Count..];
        (new Vector<int>(rest) + high).CopyTo(rest);
    }

    private static float[] Normalise(ReadOnlySpan<int> sums)
    {
        var square = 0.0;
        foreach (var sum in sums)
        {
            square += (double)sum * sum;
        }

        var vector = new float[sums.Length];
        if (square == 0)
        {
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

    private static byte[] ReadFile()
    {
        using var stream = typeof(StaticEncoder).Assembly.GetManifestResourceStream("builtin.bin")!;
        var file = new byte[stream.Length];
        stream.ReadExactly(file);
        return file;
    }
}
