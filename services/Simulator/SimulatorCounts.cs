namespace DialogueMesh.Simulator;

/// <summary>What became of the calls so far. Thread-safe.</summary>
public sealed class SimulatorCounts
{
    private long calls;
    private long overLimit;
    private long faulty;

    /// <summary>Well-formed calls of any kind.</summary>
    public long Calls => Interlocked.Read(ref calls);

    /// <summary>Calls that a limit turned away.</summary>
    public long OverLimit => Interlocked.Read(ref overLimit);

    /// <summary>Calls that got a fault by plan.</summary>
    public long Faulty => Interlocked.Read(ref faulty);

    internal void Called() => Interlocked.Increment(ref calls);

    internal void TurnedAway() => Interlocked.Increment(ref overLimit);

    internal void Failed() => Interlocked.Increment(ref faulty);
}
