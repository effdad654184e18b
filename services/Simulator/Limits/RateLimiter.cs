namespace DialogueMesh.Simulator.Limits;

/// <summary>Where one limit stands; <see cref="Name"/> as the headers call it.</summary>
internal readonly record struct LimitState(string Name, long Limit, long Remaining, TimeSpan Reset);

/// <summary>The limit that a call is over.</summary>
/// <param name="Wait">Until there is room; null when there never will be.</param>
internal sealed record LimitExcess(string Name, long Limit, long Used, long Requested, TimeSpan? Wait);

/// <summary>What became of a call; admitted where no limit is exceeded.</summary>
internal sealed record Admission(IReadOnlyList<LimitState> States, LimitExcess? Excess);

/// <summary>Keeps the limits of one model. Thread-safe.</summary>
internal sealed class RateLimiter
{
    private readonly TimeProvider time;
    private readonly long start;
    private readonly Lock access = new();
    private readonly List<(string Name, SlidingWindow Window, Func<Cost, long> Amount)> limits = [];

    public RateLimiter(LimitOptions options, TimeProvider time)
    {
        (this.time, start) = (time, time.GetTimestamp());
        Add("requests", options.RequestsPerMinute, _ => 1);
        Add("tokens", options.TokensPerMinute, cost => cost.Input + cost.Output);
        Add("input-tokens", options.InputTokensPerMinute, cost => cost.Input);
        Add("output-tokens", options.OutputTokensPerMinute, cost => cost.Output);
    }

    /// <summary>Counts the call unless it is over a limit; what is counted is final, since the simulator knows its answer.</summary>
    public Admission Admit(Cost cost)
    {
        lock (access)
        {
            var now = time.GetElapsedTime(start);
            var excess = limits.Select(limit => Excess(limit.Name, limit.Window, limit.Amount(cost), now)).OfType<LimitExcess>()
                .MaxBy(each => each.Wait ?? TimeSpan.MaxValue);
            if (excess is null)
            {
                foreach (var (_, window, amount) in limits)
                {
                    window.Spend(amount(cost), now);
                }
            }

            return new Admission([.. limits.Select(limit => State(limit.Name, limit.Window, now))], excess);
        }
    }

    private void Add(string name, int limit, Func<Cost, long> amount)
    {
        if (limit > 0)
        {
            limits.Add((name, new SlidingWindow(limit), amount));
        }
    }

    private static LimitExcess? Excess(string name, SlidingWindow window, long amount, TimeSpan now)
    {
        var wait = window.WaitFor(amount, now);
        return wait == TimeSpan.Zero ? null : new LimitExcess(name, window.Limit, window.Used(now), amount, wait);
    }

    private static LimitState State(string name, SlidingWindow window, TimeSpan now) =>
        new(name, window.Limit, window.Limit - window.Used(now), window.UntilFree(now));
}

/// <summary>Tokens of a call.</summary>
internal readonly record struct Cost(long Input, long Output);
