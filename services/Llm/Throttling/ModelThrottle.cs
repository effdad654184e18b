using DialogueMesh.Llm.Budgets;
using DialogueMesh.Llm.Counting;

namespace DialogueMesh.Llm.Throttling;

/// <summary>
/// Lets a model's calls go, first come, first served, as far as its budget, its concurrency and what 429s say allow. Thread-safe.
/// </summary>
internal sealed class ModelThrottle : IDisposable
{
    private readonly string model;
    private readonly IRateBudget budget;
    private readonly LlmCounters counters;
    private readonly TimeProvider time;
    private readonly long start;
    private readonly TokenEstimator estimator = new();
    private readonly SemaphoreSlim turnstile = new(1, 1);
    private readonly Lock access = new();
    private readonly Concurrency concurrency;
    private readonly Hold hold;
    private readonly Ceiling ceiling = new();
    private RateLimits seen = RateLimits.None;
    private TaskCompletionSource? changed;
    private int inFlight;

    public ModelThrottle(string model, LlmOptions options, IRateBudget budget, LlmCounters counters, TimeProvider time)
    {
        (this.model, this.budget, this.counters, this.time, start) = (model, budget, counters, time, time.GetTimestamp());
        concurrency = new Concurrency(options.MaxParallel);
        hold = new Hold(options.RateLimitPause);
        counters.Watch(model, Pace);
    }

    private TimeSpan Now => time.GetElapsedTime(start);

    // The ceiling serves where the server keeps its limit to itself.
    private bool LimitKnown => budget.Limits(model).Requests is not null;

    /// <summary>Waits for its turn. What it returns goes to one of the three methods below.</summary>
    /// <param name="characters">Of the prompt.</param>
    public async Task<Pass> EnterAsync(int characters, CancellationToken ct)
    {
        counters.Queued();
        try
        {
            await turnstile.WaitAsync(ct);
            try
            {
                return await NextAsync(characters, ct);
            }
            finally
            {
                turnstile.Release();
            }
        }
        finally
        {
            counters.Unqueued();
        }
    }

    /// <summary>The server took the call and answered.</summary>
    /// <param name="used">Null where it did not say.</param>
    public async ValueTask TakenAsync(Pass pass, TokenCount? used, RateLimits limits, CancellationToken ct)
    {
        Leave(() =>
        {
            hold.Taken(pass.SentAt);
            ceiling.Taken(pass.SentAt);
            concurrency.Taken();
        });
        await LearnAsync(limits, ct);
        if (LimitKnown)
        {
            Open();
        }

        if (used is { } tokens)
        {
            estimator.Observe(pass.Characters, tokens);
            await budget.SettleAsync(model, pass.Lease, tokens, ct);
        }
    }

    /// <summary>429. Says whether a burst of them begins, and how long every call has been turned away.</summary>
    public async ValueTask<(bool Begins, TimeSpan Lasting)> TurnedAwayAsync(
        Pass pass, TimeSpan? retryAfter, RateLimits limits, CancellationToken ct)
    {
        var (begins, lasting) = (false, TimeSpan.Zero);
        Leave(() =>
        {
            var now = Now;
            begins = hold.TurnedAway(pass.SentAt, retryAfter, now);
            lasting = hold.Lasting(now);
            ceiling.TurnedAway(pass.Counted, begins, hold.Until, now);
            if (begins)
            {
                concurrency.TurnedAway(inFlight + 1);
            }
        });
        await LearnAsync(limits, ct);

        // It used no tokens. As a request it counts: OpenAI's limits count what they turn away.
        await budget.SettleAsync(model, pass.Lease, default, ct);
        return (begins, lasting);
    }

    /// <summary>What became of the call is not known, or it failed: it counts as estimated.</summary>
    public void Lost() => Leave(static () => { });

    public void Dispose() => turnstile.Dispose();

    private async Task<Pass> NextAsync(int characters, CancellationToken ct)
    {
        while (true)
        {
            var (wait, change) = Look();
            if (wait == TimeSpan.Zero)
            {
                var grant = await budget.TakeAsync(model, estimator.Of(characters, Volatile.Read(ref inFlight)), ct);
                if (grant.IsBooked)
                {
                    return Send(grant.Lease, characters);
                }

                wait = grant.Wait;
            }

            await WaitAsync(change, wait, ct);
        }
    }

    /// <summary>How long to wait, and what ends the wait early; a full house is waited for without end.</summary>
    private (TimeSpan Wait, TaskCompletionSource Change) Look()
    {
        lock (access)
        {
            changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (inFlight >= concurrency.Limit)
            {
                return (Timeout.InfiniteTimeSpan, changed);
            }

            var now = Now;
            return hold.Until > now ? (hold.Until - now, changed)
                : LimitKnown ? (TimeSpan.Zero, changed)
                : (ceiling.WaitFor(now), changed);
        }
    }

    private Pass Send(long lease, int characters)
    {
        lock (access)
        {
            var now = Now;
            inFlight++;
            return new Pass(lease, ceiling.Sent(now), now, characters);
        }
    }

    private async Task WaitAsync(TaskCompletionSource change, TimeSpan wait, CancellationToken ct)
    {
        // Timers take whole milliseconds and would wake too early.
        wait = wait == Timeout.InfiniteTimeSpan ? wait : TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
        await using var timer = time.CreateTimer(_ => change.TrySetResult(), null, wait, Timeout.InfiniteTimeSpan);
        await using var given = ct.UnsafeRegister(_ => change.TrySetResult(), null);
        await change.Task;
        ct.ThrowIfCancellationRequested();
    }

    private void Leave(Action judge)
    {
        lock (access)
        {
            inFlight--;
            judge();
            changed?.TrySetResult();
        }
    }

    private void Open()
    {
        lock (access)
        {
            concurrency.Open();
            changed?.TrySetResult();
        }
    }

    private async ValueTask LearnAsync(RateLimits limits, CancellationToken ct)
    {
        if (limits != RateLimits.None && limits != seen)
        {
            seen = limits;
            await budget.LearnAsync(model, limits, ct);
        }
    }

    private ModelPace Pace()
    {
        lock (access)
        {
            return new ModelPace(model, concurrency.Limit, budget.Limits(model), LimitKnown ? null : ceiling.Found);
        }
    }
}

/// <summary>A call under way.</summary>
/// <param name="Lease">Of the budget.</param>
/// <param name="Counted">Of the ceiling.</param>
internal readonly record struct Pass(long Lease, long Counted, TimeSpan SentAt, int Characters);
