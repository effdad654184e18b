using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Vectors;

namespace DialogueMesh.Cli.Earlier;

/// <summary>
/// The vectors that a run of ours wrote beside its dialogues, row by row. A row is only believed where the hash that was written
/// with it is that of the text at hand: who edited the dialogues since gets them encoded anew.
/// </summary>
internal sealed class StoredVectors : IDisposable
{
    private readonly FileStream file;
    private readonly IReadOnlyList<string> hashes;
    private readonly byte[] bytes;
    private readonly ExactIndex unit;
    private int row;

    private StoredVectors(FileStream file, IReadOnlyList<string> hashes, int dimension)
    {
        (this.file, this.hashes) = (file, hashes);
        bytes = new byte[dimension * sizeof(float)];
        unit = new ExactIndex(dimension);
    }

    /// <summary>Those of the run whose output <paramref name="dialogues"/> is; null where there are none of this encoder.</summary>
    public static StoredVectors? Beside(string dialogues, EncoderId encoder)
    {
        var folder = Path.GetDirectoryName(dialogues) ?? "";
        try
        {
            using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "manifest.json")));
            var (root, files) = (manifest.RootElement, manifest.RootElement.GetProperty("files"));
            if (files.GetProperty("dialogues").GetString() != Path.GetFileName(dialogues)
                || root.GetProperty("encoder").Deserialize<EncoderId>(DialogueJson.Compact) != encoder)
            {
                return null;
            }

            var hashes = JsonSerializer.Deserialize<List<string>>(File.ReadAllBytes(Path.Combine(folder, files.GetProperty("hashes").GetString()!)))!;
            return Open(Path.Combine(folder, files.GetProperty("embeddings").GetString()!), hashes, encoder.Dimension);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The vector of the next row, where it is that of the text with this hash.</summary>
    public float[]? Next(string hash)
    {
        if (row == hashes.Count || file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            return null;
        }

        var vector = MemoryMarshal.Cast<byte, float>(bytes.AsSpan()).ToArray();
        return hashes[row++] == hash && unit.Fits(vector) ? vector : null;
    }

    public void Dispose()
    {
        file.Dispose();
        unit.Dispose();
    }

    private static StoredVectors? Open(string path, IReadOnlyList<string> hashes, int dimension)
    {
        var file = File.OpenRead(path);
        if (BitConverter.IsLittleEndian && HasShape(file, hashes.Count, dimension))
        {
            return new StoredVectors(file, hashes, dimension);
        }

        file.Dispose();
        return null;
    }

    // NumPy's array file, version 1.0 (numpy.lib.format), as runs write it.
    private static bool HasShape(FileStream file, int rows, int columns)
    {
        Span<byte> start = stackalloc byte[10];
        if (file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start[..8].SequenceEqual((ReadOnlySpan<byte>)[0x93, .. "NUMPY"u8, 1, 0]))
        {
            return false;
        }

        var header = new byte[BinaryPrimitives.ReadUInt16LittleEndian(start[8..])];
        return file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length
            && Encoding.ASCII.GetString(header) is var text
            && text.Contains("'<f4'", StringComparison.Ordinal)
            && text.Contains("'fortran_order': False", StringComparison.Ordinal)
            && text.Contains($"({rows}, {columns})", StringComparison.Ordinal);
    }
}
