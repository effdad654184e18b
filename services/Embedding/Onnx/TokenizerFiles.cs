using System.Text.Json;
using DialogueMesh.Contracts;
using DialogueMesh.Embedding.WordPieces;

namespace DialogueMesh.Embedding.Onnx;

/// <summary>A model's WordPiece tokenizer: tokenizer.json, or vocab.txt with the roles of its tokens in tokenizer_config.json.</summary>
internal static class TokenizerFiles
{
    /// <summary>The file with the vocabulary.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static string FileOf(string folder) =>
        new[] { "tokenizer.json", "vocab.txt" }.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
        ?? throw new InputException($"{folder} holds neither tokenizer.json nor vocab.txt: fetch the whole model");

    /// <exception cref="InputException">They are missing, malformed, or of another kind of tokenizer.</exception>
    public static WordPieceTokenizer Read(string folder)
    {
        var file = FileOf(folder);
        var config = ModelJson.Read(folder, "tokenizer_config.json");
        return Path.GetExtension(file) == ".json" ? TokenizerJson.Read(file, config) : FromVocabulary(file, config);
    }

    /// <summary>The settings of <paramref name="json"/> where <paramref name="config"/> does not say otherwise, as transformers has it.</summary>
    public static WordRules Rules(JsonElement json, JsonElement config)
    {
        var lowercase = config.Flag("do_lower_case") ?? json.Flag("lowercase") ?? true;
        return new WordRules(
            lowercase,
            config.Flag("strip_accents") ?? json.Flag("strip_accents") ?? lowercase,
            config.Flag("tokenize_chinese_chars") ?? json.Flag("handle_chinese_chars") ?? true,
            json.Flag("clean_text") ?? true);
    }

    private static WordPieceTokenizer FromVocabulary(string file, JsonElement config)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (line, id) in File.ReadLines(file).Select((line, id) => (line.TrimEnd(), id)))
        {
            ids[line] = id;
        }

        var markers = new Dictionary<string, int>(StringComparer.Ordinal);
        var (unknown, padding) = (Marker("unk_token", "[UNK]"), Marker("pad_token", "[PAD]"));
        var (first, last) = (Marker("cls_token", "[CLS]"), Marker("sep_token", "[SEP]"));
        if (ids.TryGetValue("[MASK]", out var mask))
        {
            markers["[MASK]"] = mask;
        }

        return new WordPieceTokenizer(new Vocabulary(ids), new TokenizerSettings
        {
            Rules = Rules(default, config),
            Unknown = unknown,
            Padding = padding,
            Prefix = [first],
            Suffix = [last],
            Markers = markers,
        });

        int Marker(string role, string usual)
        {
            var text = config.Text(role) ?? config.Entry(role).Text("content") ?? usual;
            return ids.TryGetValue(text, out var id)
                ? markers[text] = id
                : throw new InputException($"{file} has no {text}: it is no WordPiece vocabulary, or not whole");
        }
    }
}
