using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DialogueMesh.Llm.Caching;

namespace DialogueMesh.Llm.Sqlite;

/// <summary>Answers as bytes: JSON under Brotli, sealed so that a flipped bit or a row under a wrong key is found out.</summary>
internal static class AnswerBytes
{
    private const int SealLength = 16;

    // Measured on answers of 1.9 kB: level 4 takes 0.2 ms and leaves 49 %, the best (11) takes 2.7 ms and leaves 40 %.
    private const int Quality = 4;
    private const int Window = 18;

    public static byte[] Pack(string key, StoredAnswer answer)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(answer);
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(json.Length)];
        if (!BrotliEncoder.TryCompress(json, packed, out var length, Quality, Window))
        {
            throw new InvalidOperationException("An answer does not fit into the most it can take.");
        }

        var body = packed.AsSpan(0, length);
        return [.. Seal(key, body), .. body];
    }

    /// <summary>Null where the bytes are not what <see cref="Pack"/> made for this key.</summary>
    public static StoredAnswer? Unpack(string key, byte[] bytes)
    {
        if (bytes.Length <= SealLength || !bytes.AsSpan(0, SealLength).SequenceEqual(Seal(key, bytes.AsSpan(SealLength))))
        {
            return null;
        }

        try
        {
            using var stream = new BrotliStream(new MemoryStream(bytes, SealLength, bytes.Length - SealLength), CompressionMode.Decompress);
            return JsonSerializer.Deserialize<StoredAnswer>(stream);
        }
        catch (Exception fault) when (fault is JsonException or InvalidDataException or IOException)
        {
            // Sealed, but by a version with another form.
            return null;
        }
    }

    private static byte[] Seal(string key, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(key));
        hash.AppendData(body);
        return hash.GetHashAndReset()[..SealLength];
    }
}
