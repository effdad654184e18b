namespace DialogueMesh.Llm.Budgets;

/// <summary>
/// What a model's key may use in a minute: no 60 seconds, as the server sees them, hold more than the limits. Shared by all
/// who use the key. Thread-safe.
/// </summary>
public interface IRateBudget
{
    /// <summary>Books a call that is to be sent at once, or says how long to wait before asking again.</summary>
    /// <param name="estimate">What it will use; a call larger than a limit is booked as soon as nothing else is.</param>
    ValueTask<Grant> TakeAsync(string model, TokenCount estimate, CancellationToken ct);

    /// <summary>Books what a call has used in place of its estimate. What is not settled stays as estimated.</summary>
    ValueTask SettleAsync(string model, long lease, TokenCount used, CancellationToken ct);

    /// <summary>The server's word on its limits; what it leaves out stays as learned before.</summary>
    ValueTask LearnAsync(string model, RateLimits seen, CancellationToken ct);

    /// <summary>The limits in force, as this process last saw them.</summary>
    RateLimits Limits(string model);
}

/// <summary>A booked call, or a time to wait.</summary>
/// <param name="Lease">Names the call when it is settled.</param>
/// <param name="Wait">Zero where the call is booked.</param>
public readonly record struct Grant(long Lease, TimeSpan Wait)
{
    public bool IsBooked => Wait <= TimeSpan.Zero;
}
