using System.Security.Cryptography;
using System.Text.Json;

namespace DialogueMesh.Llm.Caching;

/// <summary>What an answer is stored under: SHA-256, lower-case hexadecimal, of all that the answer depends on and nothing else.</summary>
internal static class CacheKey
{
    /// <param name="scope">The endpoint's whole address; servers on one host are not the same.</param>
    /// <param name="request">Model, messages, schema, parameters and seed, by their <see cref="RequestHash"/>.</param>
    public static string Of(string scope, ChatRequest request) => Of(scope, "chat", RequestHash.Of(scope, request));

    public static string OfModeration(string scope, string model, IReadOnlyList<string> texts) => Of([scope, "moderation", model, .. texts]);

    public static string OfCheck(string scope, ChatRequest request) => Of(scope, "check", RequestHash.Of(scope, request));

    /// <summary>When the model last could not be used.</summary>
    public static string OfTrouble(string scope, string model) => Of(scope, "trouble", model);

    private static string Of(params string[] parts) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(parts)));
}
