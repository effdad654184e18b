namespace DialogueMesh.Simulator.Limits;

/// <summary>Amounts spent in the last 60 seconds, each remembered by itself: no 60 seconds ever hold more than the limit. Not thread-safe.</summary>
internal sealed class SlidingWindow(long limit)
{
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(60);

    private readonly Queue<(TimeSpan At, long Amount)> spent = new();
    private long used;
    private TimeSpan last;

    public long Limit => limit;

    public long Used(TimeSpan now)
    {
        while (spent.TryPeek(out var oldest) && now - oldest.At >= Length)
        {
            used -= spent.Dequeue().Amount;
        }

        return used;
    }

    /// <summary>How long until the amount fits: zero when it does, null when it never will.</summary>
    public TimeSpan? WaitFor(long amount, TimeSpan now)
    {
        if (amount > limit)
        {
            return null;
        }

        var excess = Used(now) + amount - limit;
        foreach (var (at, each) in spent)
        {
            if (excess <= 0)
            {
                break;
            }

            excess -= each;
            if (excess <= 0)
            {
                return at + Length - now;
            }
        }

        return TimeSpan.Zero;
    }

    /// <param name="now">Not before any earlier one.</param>
    public void Spend(long amount, TimeSpan now)
    {
        spent.Enqueue((now, amount));
        used += amount;
        last = now;
    }

    /// <summary>How long until the whole limit is free again.</summary>
    public TimeSpan UntilFree(TimeSpan now) => Used(now) == 0 ? TimeSpan.Zero : last + Length - now;
}
