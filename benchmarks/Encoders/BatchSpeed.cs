using System.Diagnostics;
using System.Text.Json;
using DialogueMesh.Embedding;
using DialogueMesh.Embedding.Onnx;
using DialogueMesh.Embedding.WordPieces;

namespace DialogueMesh.Benchmarks.Encoders;

/// <summary>One full batch, as ours and as another program encodes it.</summary>
internal static class BatchSpeed
{
    private const int Rows = 16, Length = 256;

    /// <summary>Times the encoder on a batch of 16 texts of up to 256 tokens, from text to vector.</summary>
    public static async Task MeasureAsync(ITextEncoder encoder, string[] texts, TimeSpan time)
    {
        await encoder.EncodeAsync(texts, CancellationToken.None);
        var batches = 0;
        var clock = Stopwatch.StartNew();
        for (; clock.Elapsed < time; batches++)
        {
            await encoder.EncodeAsync(texts, CancellationToken.None);
        }

        Console.WriteLine($"ours: {clock.Elapsed.TotalMilliseconds / batches:F1} ms a batch of {texts.Length}, {batches} batches");
    }

    /// <summary>The texts cut to one window each, which are one batch by the default number of tokens.</summary>
    public static string[] Cut(string folder, string[] texts)
    {
        var tokenizer = TokenizerFiles.Read(folder);
        return [.. texts.Select(text => Cut(tokenizer, text)).OrderDescending(Comparer<string>.Create((a, b) => a.Length.CompareTo(b.Length))).Take(Rows)];
    }

    /// <summary>Writes what the model gets for the texts: {"rows", "length", "ids": [rows × length], "mask": [rows × length]}.</summary>
    public static async Task WriteIdsAsync(string folder, string[] texts, string file)
    {
        var tokenizer = TokenizerFiles.Read(folder);
        var rows = texts.Select(text => (List<int>)[.. tokenizer.Prefix, .. tokenizer.Encode(text), .. tokenizer.Suffix]).ToList();
        var length = rows.Max(row => row.Count);
        var padded = rows.Select(row => row.Concat(Enumerable.Repeat(tokenizer.Padding, length - row.Count)));
        var mask = rows.Select(row => Enumerable.Range(0, length).Select(place => place < row.Count ? 1 : 0));
        await File.WriteAllBytesAsync(file, JsonSerializer.SerializeToUtf8Bytes(
            new { rows = rows.Count, length, ids = padded.SelectMany(ids => ids), mask = mask.SelectMany(ones => ones) }));
    }

    private static string Cut(WordPieceTokenizer tokenizer, string text)
    {
        var room = Length - tokenizer.Prefix.Count - tokenizer.Suffix.Count;
        var words = text.Split(' ');
        var count = words.Length;
        while (tokenizer.Encode(string.Join(' ', words[..count])).Count > room)
        {
            count--;
        }

        return string.Join(' ', words[..count]);
    }
}
