using System.Globalization;

namespace DialogueMesh.Llm.Retrying;

/// <summary>Reads how long a server asks to wait (RFC 9110, 10.2.3, and the retry-after-ms of OpenAI and Azure).</summary>
internal static class RetryAfter
{
    public static TimeSpan? Read(string? milliseconds, string? value, DateTimeOffset now)
    {
        if (double.TryParse(milliseconds, CultureInfo.InvariantCulture, out var ms) && ms is >= 0 and <= int.MaxValue)
        {
            return TimeSpan.FromMilliseconds(ms);
        }

        if (double.TryParse(value, CultureInfo.InvariantCulture, out var seconds))
        {
            return seconds is >= 0 and <= int.MaxValue ? TimeSpan.FromSeconds(seconds) : null;
        }

        if (DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
        {
            return date > now ? date - now : TimeSpan.Zero;
        }

        return null;
    }
}
