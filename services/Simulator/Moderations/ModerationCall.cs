using System.Security.Cryptography;
using System.Text.Json;
using DialogueMesh.Simulator.Http;

namespace DialogueMesh.Simulator.Moderations;

/// <summary>A moderation request, read and found valid.</summary>
internal sealed record ModerationCall(string Model, IReadOnlyList<string> Inputs)
{
    private const string DefaultModel = "omni-moderation-latest";

    /// <summary>Throws <see cref="ApiErrorException"/>.</summary>
    public static ModerationCall Read(JsonElement body)
    {
        body.TryGetProperty("input", out var input);
        string[] inputs = input.ValueKind switch
        {
            JsonValueKind.String => [input.GetString()!],
            JsonValueKind.Array => [.. input.EnumerateArray().Select(Text)],
            _ => throw Invalid("Missing required parameter: 'input'."),
        };
        var model = body.TryGetProperty("model", out var name) && name.ValueKind == JsonValueKind.String
            ? name.GetString()!
            : DefaultModel;
        return inputs.Length > 0 ? new ModerationCall(model, inputs) : throw Invalid("'input' must not be empty.");
    }

    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this)));

    public byte[] Answer(Lexicon lexicon, string hash) => JsonBody.Bytes(new
    {
        Id = $"modr-{hash[..24]}",
        Model,
        Results = Inputs.Select(lexicon.Classify),
    });

    private static string Text(JsonElement item) =>
        item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Invalid("The simulator reads an array of strings.");

    private static ApiErrorException Invalid(string message) => new(ApiError.Invalid(message, "input"));
}
