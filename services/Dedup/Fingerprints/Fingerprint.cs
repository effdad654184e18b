using System.Security.Cryptography;
using System.Text;

namespace DialogueMesh.Dedup.Fingerprints;

/// <summary>The name of a text: equal canonical texts have equal fingerprints, in every run and on every machine.</summary>
public static class Fingerprint
{
    /// <summary>SHA-256 of the canonical text's UTF-8, 64 lower-case hexadecimal digits.</summary>
    public static string Of(string canonical) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
}
