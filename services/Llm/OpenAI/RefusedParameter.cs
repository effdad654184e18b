using System.Text.RegularExpressions;
using DialogueMesh.Contracts.Runs;

namespace DialogueMesh.Llm.OpenAI;

/// <summary>Which of the parameters it is sent a server says it does not take.</summary>
internal static class RefusedParameter
{
    public const string ResponseFormat = "response_format";

    private static readonly (string Name, Regex Word)[] Known =
    [
        .. SamplingParameters.All.Append(ResponseFormat)
            .Select(name => (name, new Regex($"(?<![a-z_]){name}(?![a-z_])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant))),
    ];

    /// <param name="parameter">The error's param, as "temperature" or "body.temperature"; servers other than OpenAI's often leave it out.</param>
    /// <param name="message">Searched where <paramref name="parameter"/> says nothing.</param>
    public static string? Find(string? parameter, string? message) => Named(parameter) ?? Named(message);

    private static string? Named(string? text) =>
        text is null ? null : Known.FirstOrDefault(known => known.Word.IsMatch(text)).Name;
}
