using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DialogueMesh.Embedding.Onnx;

/// <summary>What tells a model from all others: its weights, its vocabulary and how they are used.</summary>
internal static class ModelDigest
{
    /// <summary>SHA-256 of the model, what lies beside it of its weights, the vocabulary and the settings: 64 lower-case hexadecimal digits.</summary>
    public static string Of(ModelFolder model)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"transformer 1; {model.Pooling}; {model.MaxTokens} tokens")));
        foreach (var file in Files(model))
        {
            using var stream = File.OpenRead(file);
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\n{Path.GetFileName(file)} {stream.Length}\n")));
            hash.AppendData(SHA256.HashData(stream));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // Weights that are too large for the model's own file lie in model.onnx_data or model.onnx.data.
    private static IEnumerable<string> Files(ModelFolder model)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(model.ModelFile))!;
        var config = Path.Combine(model.Folder, "tokenizer_config.json");
        return
        [
            .. Directory.GetFiles(folder, Path.GetFileName(model.ModelFile) + "*").Order(StringComparer.Ordinal),
            TokenizerFiles.FileOf(model.Folder),
            .. File.Exists(config) ? [config] : Array.Empty<string>(),
        ];
    }
}
