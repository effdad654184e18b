using System.ClientModel.Primitives;
using System.Globalization;
using System.Text.RegularExpressions;
using DialogueMesh.Llm.Budgets;

namespace DialogueMesh.Llm.OpenAI;

/// <summary>Reads the limits that a server tells in x-ratelimit-limit-* and x-ratelimit-reset-*.</summary>
internal static partial class LimitHeaders
{
    /// <summary>Limits per minute are free again within a minute; what takes longer is one per hour or day.</summary>
    private static readonly TimeSpan LongestReset = TimeSpan.FromSeconds(61);

    public static RateLimits Read(PipelineResponseHeaders headers) => new()
    {
        Requests = Limit(headers, "requests"),
        Tokens = Limit(headers, "tokens"),
        InputTokens = Limit(headers, "input-tokens"),
        OutputTokens = Limit(headers, "output-tokens"),
    };

    /// <summary>As 1h2m3.5s, 6m0s, 20ms or plain seconds; null for anything else.</summary>
    internal static TimeSpan? Duration(string? text)
    {
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var plain))
        {
            return plain <= int.MaxValue ? TimeSpan.FromSeconds(plain) : null;
        }

        if (text is null or "" || Parts().Match(text) is not { Success: true } parts)
        {
            return null;
        }

        var seconds = (86_400 * Of("d")) + (3600 * Of("h")) + (60 * Of("m")) + Of("s") + (Of("ms") / 1000);
        return seconds <= int.MaxValue ? TimeSpan.FromSeconds(seconds) : null;

        double Of(string unit) => double.TryParse(parts.Groups[unit].ValueSpan, CultureInfo.InvariantCulture, out var value) ? value : 0;
    }

    private static long? Limit(PipelineResponseHeaders headers, string unit)
    {
        headers.TryGetValue("x-ratelimit-limit-" + unit, out var text);
        headers.TryGetValue("x-ratelimit-reset-" + unit, out var reset);
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0
            && !(Duration(reset) > LongestReset)
                ? limit
                : null;
    }

    [GeneratedRegex(@"^(?:(?<d>\d+)d)?(?:(?<h>\d+)h)?(?:(?<m>\d+)m(?!s))?(?:(?<s>\d+(?:\.\d+)?)s)?(?:(?<ms>\d+(?:\.\d+)?)ms)?$")]
    private static partial Regex Parts();
}
