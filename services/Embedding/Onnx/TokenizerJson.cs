using System.Text.Json;
using DialogueMesh.Contracts;
using DialogueMesh.Embedding.WordPieces;

namespace DialogueMesh.Embedding.Onnx;

/// <summary>Hugging Face's tokenizer.json, as far as it describes a WordPiece tokenizer of BERT's kind.</summary>
internal static class TokenizerJson
{
    /// <exception cref="InputException">It is malformed, or describes another kind.</exception>
    public static WordPieceTokenizer Read(string file, JsonElement config)
    {
        var json = ModelJson.Read(file);
        var model = json.Entry("model");
        Expect(file, "model", model.Text("type") ?? (model.Entry("max_input_chars_per_word").ValueKind == JsonValueKind.Number ? "WordPiece" : null), "WordPiece");
        Expect(file, "normalizer", json.Entry("normalizer").Text("type"), "BertNormalizer");
        Expect(file, "pre_tokenizer", json.Entry("pre_tokenizer").Text("type"), "BertPreTokenizer");
        try
        {
            return Read(json, model, config);
        }
        catch (Exception fault) when (fault is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InputException($"{file} is not whole or not as expected: fetch the model again ({fault.Message.ReplaceLineEndings(" ")})", fault);
        }
    }

    private static WordPieceTokenizer Read(JsonElement json, JsonElement model, JsonElement config)
    {
        var ids = model.GetProperty("vocab").EnumerateObject().ToDictionary(piece => piece.Name, piece => piece.Value.GetInt32(), StringComparer.Ordinal);
        var markers = json.Entry("added_tokens") is { ValueKind: JsonValueKind.Array } added
            ? added.EnumerateArray().ToDictionary(token => token.GetProperty("content").GetString()!, token => token.GetProperty("id").GetInt32(), StringComparer.Ordinal)
            : [];
        int Id(string text) => markers.TryGetValue(text, out var id) ? id : ids[text];
        var (prefix, suffix) = Around(json.Entry("post_processor"), Id);
        var padding = json.Entry("padding").Number("pad_id") ?? Id(config.Text("pad_token") ?? config.Entry("pad_token").Text("content") ?? "[PAD]");
        return new WordPieceTokenizer(new Vocabulary(ids, model.Text("continuing_subword_prefix") ?? "##"), new TokenizerSettings
        {
            Rules = TokenizerFiles.Rules(json.Entry("normalizer"), config),
            Unknown = Id(model.Text("unk_token") ?? "[UNK]"),
            Padding = padding,
            Prefix = prefix,
            Suffix = suffix,
            Markers = markers,
            LongestWord = model.Number("max_input_chars_per_word") ?? 100,
        });
    }

    // As in "single": [{"SpecialToken": {"id": "[CLS]"}}, {"Sequence": {}}, {"SpecialToken": {"id": "[SEP]"}}], or the older
    // "cls": ["[CLS]", 101], "sep": ["[SEP]", 102].
    private static (List<int> Prefix, List<int> Suffix) Around(JsonElement processor, Func<string, int> id)
    {
        if (processor.Text("type") is "BertProcessing" or "RobertaProcessing")
        {
            return ([processor.GetProperty("cls")[1].GetInt32()], [processor.GetProperty("sep")[1].GetInt32()]);
        }

        List<int> prefix = [], suffix = [];
        var target = prefix;
        foreach (var part in processor.GetProperty("single").EnumerateArray())
        {
            if (part.Entry("SpecialToken").Text("id") is { } special)
            {
                target.Add(id(special));
            }
            else
            {
                target = suffix;
            }
        }

        return (prefix, suffix);
    }

    private static void Expect(string file, string part, string? found, string wanted)
    {
        if (found != wanted)
        {
            throw new InputException($"{file}: its {part} is {found ?? "missing"}, and only {wanted} is supported; take a BERT-like model such as all-MiniLM-L6-v2");
        }
    }
}
