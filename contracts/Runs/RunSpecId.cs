using System.Security.Cryptography;
using System.Text.Json;

namespace DialogueMesh.Contracts.Runs;

/// <summary>The name of a run: what its spec hashes to.</summary>
public static class RunSpecId
{
    private const int Length = 12;

    /// <summary>Whether the text, which may come from anyone, has a run id's form.</summary>
    public static bool IsOne(string text) => text.Length == Length && text.All(char.IsAsciiHexDigitLower);

    /// <summary>The first 12 hexadecimal digits of the SHA-256 of the spec's JSON.</summary>
    public static string Of(RunSpec spec) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(spec, DialogueJson.Compact)))[..Length];
}
