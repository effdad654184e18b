using System.Globalization;
using System.Text.Json;
using DialogueMesh.Benchmarks.Encoders;
using DialogueMesh.Embedding;
using DialogueMesh.Embedding.Onnx;
using DialogueMesh.Embedding.Static;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["encode", var name, var texts, var vectors]:
        await VectorFile.WriteAsync(Open(name), Read(texts), vectors);
        return 0;
    case ["speed", var name, var texts, var threads, var seconds]:
        await Speed.MeasureAsync(Open(name), Read(texts), int.Parse(threads), TimeSpan.FromSeconds(double.Parse(seconds)));
        return 0;
    case ["batch", var folder, var texts, var ids, var seconds]:
        var batch = BatchSpeed.Cut(folder, Read(texts));
        await BatchSpeed.WriteIdsAsync(folder, batch, ids);
        await BatchSpeed.MeasureAsync(Open(folder), batch, TimeSpan.FromSeconds(double.Parse(seconds)));
        return 0;
    default:
        Console.Error.WriteLine("""
            encode ENCODER TEXTS.jsonl VECTORS.f32       a row of float32 for each text
            speed ENCODER TEXTS.jsonl THREADS SECONDS    texts a second, one at a time on each thread
            batch FOLDER TEXTS.jsonl IDS.json SECONDS    time for a full batch, whose token ids it writes
            ENCODER is builtin or a folder as of --encoder; TEXTS has lines {"text": "…"} (eng/encoder/benchmark.py --texts)
            """);
        return 2;
}

static ITextEncoder Open(string name) => name == "builtin" ? StaticEncoder.BuiltIn : OnnxEncoder.Open(name, new OnnxOptions());

static string[] Read(string file) => [.. File.ReadLines(file).Select(line =>
{
    using var json = JsonDocument.Parse(line);
    return json.RootElement.GetProperty("text").GetString()!;
})];
