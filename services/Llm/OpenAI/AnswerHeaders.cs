using System.ClientModel.Primitives;

namespace DialogueMesh.Llm.OpenAI;

/// <summary>The headers by which an answer can be asked about at the server; none of them is secret.</summary>
internal static class AnswerHeaders
{
    private static readonly string[] Kept = ["x-request-id", "apim-request-id", "openai-version", "openai-processing-ms", "x-ms-region", "Date"];

    /// <param name="key">Servers that repeat it are not helped in that.</param>
    public static IReadOnlyDictionary<string, string> Of(PipelineResponse response, string? key)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in Kept)
        {
            if (response.Headers.TryGetValue(name, out var value) && value is not null && (key is null || !value.Contains(key, StringComparison.Ordinal)))
            {
                headers[name] = value;
            }
        }

        return headers;
    }
}
