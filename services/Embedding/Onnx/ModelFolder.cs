using System.Text.Json;
using DialogueMesh.Contracts;
using DialogueMesh.Embedding.Batching;

namespace DialogueMesh.Embedding.Onnx;

/// <summary>What the files of a sentence-transformers export say about the model.</summary>
/// <param name="Name">What it calls itself.</param>
/// <param name="ModelFile">Path of the ONNX file.</param>
/// <param name="MaxTokens">Ids of one input, those that stand around every text included.</param>
internal sealed record ModelFolder(string Folder, string Name, string ModelFile, Pooling Pooling, int MaxTokens)
{
    private const int DefaultMaxTokens = 512;

    private static readonly string[] KnownModules = ["Transformer", "Pooling", "Normalize"];

    /// <exception cref="InputException">Something is missing, or asks for what is not supported.</exception>
    public static ModelFolder Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new InputException($"the encoder's folder {folder} does not exist: give builtin, or the folder of a sentence-transformers model exported to ONNX");
        }

        var modelFile = ModelFiles(folder).FirstOrDefault(File.Exists)
            ?? throw new InputException($"{folder} holds neither model.onnx nor onnx/model.onnx: export the model to ONNX, or give --encoder builtin");
        CheckModules(folder);
        var config = ModelJson.Read(folder, "config.json");
        var name = config.Text("_name_or_path")?.TrimEnd('/').Split('/')[^1];
        return new ModelFolder(folder, name is { Length: > 0 } ? name : "transformer", modelFile, ReadPooling(folder), ReadMaxTokens(folder, config));
    }

    public static bool IsOne(string folder) => ModelFiles(folder).Any(File.Exists);

    private static IEnumerable<string> ModelFiles(string folder) =>
        [Path.Combine(folder, "model.onnx"), Path.Combine(folder, "onnx", "model.onnx")];

    // A module that is left out would give other vectors than the model's own.
    private static void CheckModules(string folder)
    {
        var file = Path.Combine(folder, "modules.json");
        if (!File.Exists(file))
        {
            return;
        }

        try
        {
            using var modules = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (var module in modules.RootElement.EnumerateArray().Select(module => module.Text("type")?.Split('.')[^1] ?? "?"))
            {
                if (!KnownModules.Contains(module))
                {
                    throw new InputException($"{file} has a module {module}: only {string.Join(", ", KnownModules)} are supported; take another model");
                }
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            throw new InputException($"cannot read {file}: {fault.Message.ReplaceLineEndings(" ")}", fault);
        }
    }

    private static Pooling ReadPooling(string folder)
    {
        var config = ModelJson.Read(folder, "1_Pooling", "config.json");
        var modes = config.Text("pooling_mode") is { } mode
            ? [mode]
            : config.ValueKind == JsonValueKind.Object
                ? config.EnumerateObject()
                    .Where(entry => entry.Name.StartsWith("pooling_mode_", StringComparison.Ordinal) && entry.Value.ValueKind == JsonValueKind.True)
                    .Select(entry => entry.Name["pooling_mode_".Length..].Replace("_tokens", "", StringComparison.Ordinal).Replace("_token", "", StringComparison.Ordinal))
                    .ToArray()
                : [];
        return modes switch
        {
            [] or ["mean"] => Pooling.Mean,
            ["cls"] => Pooling.Cls,
            _ => throw new InputException(
                $"{Path.Combine(folder, "1_Pooling", "config.json")} asks for pooling by {string.Join(" and ", modes)}: only mean and cls are supported; take another model"),
        };
    }

    private static int ReadMaxTokens(string folder, JsonElement config)
    {
        int?[] limits =
        [
            ModelJson.Read(folder, "sentence_bert_config.json").Number("max_seq_length")
                ?? ModelJson.Read(folder, "tokenizer_config.json").Number("model_max_length"),
            config.Number("max_position_embeddings"),
        ];
        var max = limits.Min() ?? DefaultMaxTokens;
        return max >= 8 ? max : throw new InputException($"{folder}: inputs of at most {max} tokens are too short to encode a text");
    }
}
