using System.Text.Json;
using DialogueMesh.Contracts;

namespace DialogueMesh.Generation.Prompts;

/// <summary>Data inside a prompt: JSON in which no text can close the tag that encloses it.</summary>
internal static class PromptData
{
    public static string Quote<T>(T data) => JsonSerializer.Serialize(data, DialogueJson.Compact)
        .Replace("<", "\\u003C", StringComparison.Ordinal)
        .Replace(">", "\\u003E", StringComparison.Ordinal);
}
