using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace DialogueMesh.Embedding.Static;

/// <summary>An encoder's file as eng/encoder/encoderfile.py writes it: a line of JSON, then a row of signed bytes for each of the table's rows.</summary>
internal sealed class EncoderTable
{
    private const string Format = "dialoguemesh-static-1";

    /// <summary>With more, a sum could pass 32 bits.</summary>
    private const int MostRows = 65_536;

    private readonly byte[] file;
    private readonly int start;

    private EncoderTable(byte[] file, int start, Head head)
    {
        (this.file, this.start, Rows, Dimension) = (file, start, head.Rows, head.Dimension);
        Common = new WordHashes([.. head.Common.Select(word => Fnv.Of(word))]);
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(file));
    }

    public int Rows { get; }

    public int Dimension { get; }

    /// <summary>Hashes of the words that stand for themselves in a pair.</summary>
    public WordHashes Common { get; }

    public string Sha256 { get; }

    /// <exception cref="InvalidDataException">It is not such a file, or not whole.</exception>
    public static EncoderTable Read(byte[] file)
    {
        var start = file.AsSpan().IndexOf((byte)'\n') + 1;
        Head? head = null;
        try
        {
            head = JsonSerializer.Deserialize<Head>(file.AsSpan(0, start), JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            // No head.
        }

        return head is { Format: Format, Rows: > 0 and <= MostRows, Dimension: > 0 } && head.Dimension % 64 == 0
            && file.Length - start == (long)head.Rows * head.Dimension
            ? new EncoderTable(file, start, head)
            : throw new InvalidDataException($"not a file of {Format}, or not whole");
    }

    public ReadOnlySpan<sbyte> Row(int row) => MemoryMarshal.Cast<byte, sbyte>(file.AsSpan(start + (row * Dimension), Dimension));

    private sealed record Head(string Format, int Rows, int Dimension, string[] Common);
}
