using System.Collections.Concurrent;
using DialogueMesh.Llm.Retrying;

namespace DialogueMesh.Llm.Counting;

/// <summary>What the clients of this process did so far, for progress displays. Thread-safe.</summary>
public sealed class LlmCounters(TimeProvider time)
{
    private readonly long start = time.GetTimestamp();
    private readonly long[] failures = new long[Enum.GetValues<FaultCause>().Length];
    private readonly ConcurrentDictionary<string, Func<ModelPace>> models = new(StringComparer.Ordinal);
    private readonly Lock recent = new();
    private readonly RecentRate callRate = new();
    private readonly RecentRate tokenRate = new();
    private long calls;
    private long inFlight;
    private long waiting;
    private long retries;

    /// <summary>HTTP requests sent, retries included.</summary>
    public long Calls => Interlocked.Read(ref calls);

    /// <summary>Requests sent and not answered yet.</summary>
    public long InFlight => Interlocked.Read(ref inFlight);

    /// <summary>Failed tries that were followed by another.</summary>
    public long Retries => Interlocked.Read(ref retries);

    /// <summary>Failed tries by what failed them; causes that have not occurred are absent.</summary>
    public IReadOnlyDictionary<FaultCause, long> Failures => Enum.GetValues<FaultCause>()
        .Select(cause => KeyValuePair.Create(cause, Interlocked.Read(ref failures[(int)cause])))
        .Where(entry => entry.Value > 0)
        .ToDictionary();

    /// <summary>All of it at this moment, with rates.</summary>
    public LlmActivity Activity()
    {
        var (callsPerSecond, tokensPerSecond) = Rates();
        return new LlmActivity
        {
            Calls = Calls,
            InFlight = InFlight,
            Waiting = Interlocked.Read(ref waiting),
            Retries = Retries,
            RateLimited = Interlocked.Read(ref failures[(int)FaultCause.RateLimited]),
            CallsPerSecond = callsPerSecond,
            TokensPerSecond = tokensPerSecond,
            // ToArray holds still what OrderBy would count and then copy while a model is added.
            Models = [.. models.ToArray().OrderBy(model => model.Key, StringComparer.Ordinal).Select(model => model.Value())],
        };
    }

    internal void Sent()
    {
        Interlocked.Increment(ref calls);
        Interlocked.Increment(ref inFlight);
        Count(callRate, 1);
    }

    internal void Returned() => Interlocked.Decrement(ref inFlight);

    internal void Used(long tokens) => Count(tokenRate, tokens);

    internal void Failed(FaultCause cause) => Interlocked.Increment(ref failures[(int)cause]);

    internal void Retried() => Interlocked.Increment(ref retries);

    internal void Queued() => Interlocked.Increment(ref waiting);

    internal void Unqueued() => Interlocked.Decrement(ref waiting);

    /// <summary>Has <see cref="Activity"/> ask how a model is paced.</summary>
    internal void Watch(string model, Func<ModelPace> pace) => models[model] = pace;

    private void Count(RecentRate rate, long amount)
    {
        lock (recent)
        {
            rate.Add(amount, time.GetElapsedTime(start));
        }
    }

    private (double Calls, double Tokens) Rates()
    {
        lock (recent)
        {
            var now = time.GetElapsedTime(start);
            return (callRate.PerSecond(now), tokenRate.PerSecond(now));
        }
    }
}
