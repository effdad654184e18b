using System.Text.Json;
using System.Text.RegularExpressions;
using DialogueMesh.Embedding.Onnx;
using DialogueMesh.Tests.EndToEnd;

namespace DialogueMesh.Tests.Embedding;

/// <summary>What torch and Hugging Face's tokenizers make of a text: see eng/transformer/tiny.py.</summary>
internal sealed record GoldenText(string Text, int[] Uncased, int[] Cased, float[] Mean, float[] Cls);

/// <summary>A transformer with random weights as a sentence-transformers export; a copy of its own for each test, gone after it.</summary>
internal sealed class TinyModel : IDisposable
{
    private readonly RunFolder copy = new();

    public TinyModel(string folder = "tiny")
    {
        Folder = copy.In(folder);
        foreach (var file in Directory.EnumerateFiles(Source, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "golden.json"))
        {
            var target = Path.Combine(Folder, Path.GetRelativePath(Source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    public static IReadOnlyList<GoldenText> Golden { get; } =
    [
        .. JsonSerializer.Deserialize<GoldenText[]>(File.ReadAllBytes(Path.Combine(Source, "golden.json")), JsonSerializerOptions.Web)!
            .Select(golden => golden with { Text = Regex.Unescape(golden.Text) }),
    ];

    public string Folder { get; }

    public RunFolder Around => copy;

    private static string Source => Path.Combine(Outside.RepositoryRoot(), "tests", "Embedding", "Tiny");

    public void Write(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text);

    public void Delete(string name) => File.Delete(Path.Combine(Folder, name));

    public void UseCls() => Write("1_Pooling/config.json", """{"pooling_mode_cls_token": true, "pooling_mode_mean_tokens": false}""");

    /// <summary>The same tokenizer in the other format.</summary>
    public void UseTokenizerJson(string model = "WordPiece", string postProcessor = """{"type": "BertProcessing", "cls": ["[CLS]", 2], "sep": ["[SEP]", 3]}""")
    {
        var pieces = File.ReadAllLines(Path.Combine(Folder, "vocab.txt"));
        var vocabulary = pieces.Select((piece, id) => (piece, id)).ToDictionary(pair => pair.piece, pair => pair.id);
        var added = pieces[..5].Select((content, id) => new { id, content, special = true, normalized = false });
        Write("tokenizer.json", $$"""
            {"added_tokens": {{JsonSerializer.Serialize(added)}},
             "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": null, "lowercase": true},
             "pre_tokenizer": {"type": "BertPreTokenizer"}, "post_processor": {{postProcessor}},
             "model": {"type": "{{model}}", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
                       "vocab": {{JsonSerializer.Serialize(vocabulary)}} } }
            """);
        Delete("vocab.txt");
    }

    public OnnxEncoder Open(OnnxOptions? options = null) => OnnxEncoder.Open(Folder, options ?? new OnnxOptions());

    public void Dispose() => copy.Dispose();
}
