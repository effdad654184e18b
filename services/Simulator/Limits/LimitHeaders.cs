using System.Globalization;
using DialogueMesh.Simulator.Http;
using Microsoft.AspNetCore.Http;

namespace DialogueMesh.Simulator.Limits;

/// <summary>Says where the limits stand, in OpenAI's headers and error body.</summary>
internal static class LimitHeaders
{
    public static void Write(IHeaderDictionary headers, IReadOnlyList<LimitState> states)
    {
        foreach (var state in states)
        {
            headers[$"x-ratelimit-limit-{state.Name}"] = state.Limit.ToString(CultureInfo.InvariantCulture);
            headers[$"x-ratelimit-remaining-{state.Name}"] = state.Remaining.ToString(CultureInfo.InvariantCulture);
            headers[$"x-ratelimit-reset-{state.Name}"] = Duration(state.Reset);
        }
    }

    public static void WriteWait(IHeaderDictionary headers, TimeSpan wait, RetryAfterForm form, DateTimeOffset now)
    {
        switch (form)
        {
            case RetryAfterForm.Seconds:
                headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                break;
            case RetryAfterForm.Date:
                headers.RetryAfter = (now + wait).AddTicks(TimeSpan.TicksPerSecond - 1).ToString("R", CultureInfo.InvariantCulture);
                break;
        }
    }

    public static ApiError Error(LimitExcess excess, string model)
    {
        var unit = excess.Name.Replace('-', ' ');
        var figures = FormattableString.Invariant($"Limit {excess.Limit}, Used {excess.Used}, Requested {excess.Requested}.");
        var message = excess.Wait is { } wait
            ? $"Rate limit reached for {model} on {unit} per min: {figures} Please try again in {Duration(wait)}."
            : $"Request too large for {model} on {unit} per min: {figures}";
        return new ApiError(StatusCodes.Status429TooManyRequests, message, excess.Name, Code: "rate_limit_exceeded");
    }

    /// <summary>As OpenAI writes durations: 1m0s, 1.2s, 120ms.</summary>
    internal static string Duration(TimeSpan duration)
    {
        var milliseconds = (long)Math.Ceiling(duration.TotalMilliseconds);
        if (milliseconds is > 0 and < 1000)
        {
            return FormattableString.Invariant($"{milliseconds}ms");
        }

        var (minutes, rest) = Math.DivRem(milliseconds, 60_000);
        var seconds = FormattableString.Invariant($"{rest / 1000m:0.###}s");
        return minutes == 0 ? seconds : FormattableString.Invariant($"{minutes}m{seconds}");
    }
}
