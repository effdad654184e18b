using System.Security.Cryptography;
using System.Text.Json;

namespace DialogueMesh.Contracts.Runs;

/// <summary>The name of a run: what its spec hashes to.</summary>
public static class RunSpecId
{
    /// <summary>The first 12 hexadecimal digits of the SHA-256 of the spec's JSON.</summary>
    public static string Of(RunSpec spec) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(spec, DialogueJson.Compact)))[..12];
}
