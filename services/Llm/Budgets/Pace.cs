namespace DialogueMesh.Llm.Budgets;

/// <summary>
/// Spreads a minute's calls over the minute, since servers that promise so much a minute may enforce it over shorter times:
/// the generic cell rate algorithm (ITU-T I.371). Not thread-safe.
/// </summary>
internal sealed class Pace
{
    /// <summary>Faster than the limit itself, so that what a pause left unused is caught up with; the window has the last word.</summary>
    public const double Haste = 1.1;

    /// <summary>Timers wake late; what was due meanwhile is sent at once.</summary>
    public static readonly TimeSpan Burst = TimeSpan.FromSeconds(0.25);

    private TimeSpan due;

    public TimeSpan WaitFor(TimeSpan now) => due - Burst > now ? due - Burst - now : TimeSpan.Zero;

    public void Spend(TokenCount call, RateLimits limits, TimeSpan now)
    {
        var share = Math.Max(
            Math.Max(Share(1, limits.Requests), Share(call.Total, limits.Tokens)),
            Math.Max(Share(call.Input, limits.InputTokens), Share(call.Output, limits.OutputTokens)));
        due = (due > now ? due : now) + (RateWindow.Minute * (share / Haste));
    }

    private static double Share(long amount, long? limit) => limit is > 0 and var most ? Math.Min((double)amount / most, 1) : 0;
}
