using DialogueMesh.Llm.Retrying;

namespace DialogueMesh.Llm;

/// <summary>What the clients of this process did so far, for progress displays. Thread-safe.</summary>
public sealed class LlmCounters
{
    private readonly long[] failures = new long[Enum.GetValues<FaultCause>().Length];
    private long calls;
    private long inFlight;
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

    internal void Sent()
    {
        Interlocked.Increment(ref calls);
        Interlocked.Increment(ref inFlight);
    }

    internal void Returned() => Interlocked.Decrement(ref inFlight);

    internal void Failed(FaultCause cause) => Interlocked.Increment(ref failures[(int)cause]);

    internal void Retried() => Interlocked.Increment(ref retries);
}
