using System.Runtime.InteropServices;
using DialogueMesh.Embedding;

namespace DialogueMesh.Benchmarks.Encoders;

internal static class VectorFile
{
    /// <summary>Writes the texts' vectors one after the other, float32 in the machine's byte order.</summary>
    public static async Task WriteAsync(ITextEncoder encoder, string[] texts, string file)
    {
        await using var output = File.Create(file);
        foreach (var chunk in texts.Chunk(64))
        {
            foreach (var vector in await encoder.EncodeAsync(chunk, CancellationToken.None))
            {
                output.Write(MemoryMarshal.AsBytes(vector.AsSpan()));
            }
        }

        Console.WriteLine($"{texts.Length} texts, {encoder.Id.Name}, {encoder.Id.Dimension} numbers each, default threshold {encoder.DefaultThreshold}");
    }
}
