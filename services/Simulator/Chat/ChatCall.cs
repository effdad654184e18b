using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DialogueMesh.Simulator.Chat;

/// <summary>A chat completion request, read and found valid: all of it that may decide the answer.</summary>
internal sealed record ChatCall
{
    public required string Model { get; init; }

    /// <summary>The texts of system and developer messages, a blank line between them.</summary>
    public required string System { get; init; }

    /// <summary>The texts of all other messages, a blank line between them.</summary>
    public required string User { get; init; }

    public string? SchemaName { get; init; }

    /// <summary>As it stood in the request.</summary>
    public string? Schema { get; init; }

    /// <summary>Whether the answer is to be JSON of no given schema.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Json { get; init; }

    /// <summary>The text of the last message that is the user's own.</summary>
    [JsonIgnore]
    public string Question { get; init; } = "";

    public long Seed { get; init; }

    public double Temperature { get; init; } = 1;

    public double TopP { get; init; } = 1;

    public double FrequencyPenalty { get; init; }

    public double PresencePenalty { get; init; }

    public int? MaxTokens { get; init; }

    /// <summary>Texts that end the answer where they would stand.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Stop { get; init; } = [];

    /// <summary>How the answer travels changes nothing of what it says.</summary>
    [JsonIgnore]
    public bool Streams { get; init; }

    [JsonIgnore]
    public bool StreamsUsage { get; init; }

    [JsonIgnore]
    public int PromptTokens => Tokens.Count(System) + Tokens.Count(User) + Tokens.Count(Schema ?? "");

    /// <summary>Of the values, so it does not depend on the order or spacing in which a client writes them.</summary>
    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this)));
}
