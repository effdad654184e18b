namespace DialogueMesh.Llm.Budgets;

/// <summary>
/// Calls of the last so many seconds, each remembered by itself, so that sums over the window are exact. Times are since any
/// fixed moment and never go back. Not thread-safe.
/// </summary>
internal sealed class SlidingWindow(TimeSpan length)
{
    private Entry[] ring = new Entry[64];
    private long first;
    private long next;
    private TokenCount tokens;
    private long requests;

    /// <summary>How long until the call fits: zero when it does now.</summary>
    public TimeSpan WaitFor(TokenCount call, RateLimits limits, TimeSpan now)
    {
        Forget(now);
        var (left, leftTokens) = (requests, tokens);
        if (Fits(left, leftTokens, call, limits))
        {
            return TimeSpan.Zero;
        }

        for (var lease = first; lease < next; lease++)
        {
            ref var entry = ref At(lease);
            left -= entry.Requests;
            leftTokens -= entry.Tokens;
            if (Fits(left, leftTokens, call, limits))
            {
                return entry.At + length - now;
            }
        }

        return TimeSpan.Zero;
    }

    /// <summary>Names the call for <see cref="Change"/>.</summary>
    public long Add(TokenCount call, TimeSpan now)
    {
        Forget(now);
        if (next - first == ring.Length)
        {
            Grow();
        }

        At(next) = new Entry(now, 1, call);
        requests++;
        tokens += call;
        return next++;
    }

    /// <summary>Sets what a call counts as, 1 or 0 requests; nothing where it has left the window.</summary>
    public void Change(long lease, long asRequests, TokenCount asTokens)
    {
        if (lease < first || lease >= next)
        {
            return;
        }

        ref var entry = ref At(lease);
        requests += asRequests - entry.Requests;
        tokens += asTokens - entry.Tokens;
        entry = new Entry(entry.At, asRequests, asTokens);
    }

    /// <summary>Requests of the last <paramref name="within"/>, which is at most the window's length.</summary>
    public long Requests(TimeSpan within, TimeSpan now)
    {
        Forget(now);
        var count = requests;
        for (var lease = first; lease < next && now - At(lease).At >= within; lease++)
        {
            count -= At(lease).Requests;
        }

        return count;
    }

    private static bool Fits(long requests, TokenCount tokens, TokenCount call, RateLimits limits) =>
        Fits(requests, 1, limits.Requests)
        && Fits(tokens.Total, call.Total, limits.Tokens)
        && Fits(tokens.Input, call.Input, limits.InputTokens)
        && Fits(tokens.Output, call.Output, limits.OutputTokens);

    private static bool Fits(long used, long more, long? limit) => limit is not { } most || used <= 0 || used + more <= most;

    private void Forget(TimeSpan now)
    {
        while (first < next && now - At(first).At >= length)
        {
            requests -= At(first).Requests;
            tokens -= At(first).Tokens;
            first++;
        }
    }

    private void Grow()
    {
        var larger = new Entry[ring.Length * 2];
        for (var lease = first; lease < next; lease++)
        {
            larger[lease % larger.Length] = At(lease);
        }

        ring = larger;
    }

    private ref Entry At(long lease) => ref ring[lease % ring.Length];

    private readonly record struct Entry(TimeSpan At, long Requests, TokenCount Tokens);
}
