using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using DialogueMesh.Embedding.Static;
using DialogueMesh.Simulator.Http;

namespace DialogueMesh.Simulator.Embeddings;

/// <summary>An embedding request, read and found valid. Vectors are the built-in encoder's, whatever the model's name.</summary>
internal sealed record EmbeddingCall(string Model, IReadOnlyList<string> Inputs, bool Base64)
{
    /// <summary>As many as OpenAI takes.</summary>
    private const int MostInputs = 2048;

    [JsonIgnore]
    public int PromptTokens => Inputs.Sum(Tokens.Count);

    /// <summary>Throws <see cref="ApiErrorException"/>.</summary>
    public static EmbeddingCall Read(JsonElement body)
    {
        body.TryGetProperty("input", out var input);
        string[] inputs = input.ValueKind switch
        {
            JsonValueKind.String => [input.GetString()!],
            JsonValueKind.Array => [.. input.EnumerateArray().Select(Text)],
            _ => throw Invalid("Missing required parameter: 'input'.", "input"),
        };
        if (inputs.Length is 0 or > MostInputs || Array.Exists(inputs, text => text.Length == 0))
        {
            throw Invalid($"'input' must be 1 to {MostInputs} texts, none of them empty.", "input");
        }

        if (body.TryGetProperty("dimensions", out var dimensions) && dimensions.ValueKind != JsonValueKind.Null
            && !(dimensions.TryGetInt32(out var number) && number == StaticEncoder.BuiltIn.Id.Dimension))
        {
            throw Invalid($"The simulator's vectors have {StaticEncoder.BuiltIn.Id.Dimension} dimensions.", "dimensions");
        }

        return new EmbeddingCall(
            body.TryGetProperty("model", out var model) && model.ValueKind == JsonValueKind.String
                ? model.GetString()!
                : throw Invalid("You must provide a model parameter.", "model"),
            inputs,
            IsBase64(body));
    }

    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this)));

    public byte[] Answer() => JsonBody.Bytes(new
    {
        Object = "list",
        Data = Inputs.Select((text, index) => new { Object = "embedding", Index = index, Embedding = Vector(text) }),
        Model,
        Usage = new { PromptTokens, TotalTokens = PromptTokens },
    });

    /// <summary>Numbers, or little-endian float32 in base64, as the SDKs ask for.</summary>
    private object Vector(string text)
    {
        var vector = StaticEncoder.BuiltIn.Encode(text.ToLowerInvariant());
        return Base64 ? Convert.ToBase64String(MemoryMarshal.AsBytes(vector.AsSpan())) : vector;
    }

    private static bool IsBase64(JsonElement body)
    {
        var format = body.TryGetProperty("encoding_format", out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : "float";
        return format switch
        {
            "float" => false,
            "base64" => true,
            _ => throw Invalid("'encoding_format' must be 'float' or 'base64'.", "encoding_format"),
        };
    }

    private static string Text(JsonElement item) =>
        item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Invalid("The simulator reads an array of strings.", "input");

    private static ApiErrorException Invalid(string message, string param) => new(ApiError.Invalid(message, param));
}
