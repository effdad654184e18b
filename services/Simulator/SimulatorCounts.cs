using DialogueMesh.Simulator.Faults;

namespace DialogueMesh.Simulator;

/// <summary>What became of the calls so far. Thread-safe.</summary>
public sealed class SimulatorCounts
{
    private readonly long[] faults = new long[Enum.GetValues<Fault>().Length];
    private long calls;
    private long overLimit;

    /// <summary>Well-formed calls of any kind.</summary>
    public long Calls => Interlocked.Read(ref calls);

    /// <summary>Calls that a limit turned away.</summary>
    public long OverLimit => Interlocked.Read(ref overLimit);

    /// <summary>Calls that met a fault by plan; kinds that have not occurred are absent.</summary>
    public IReadOnlyDictionary<Fault, long> Faults => FaultShares.Kinds
        .Select(kind => KeyValuePair.Create(kind, Interlocked.Read(ref faults[(int)kind])))
        .Where(entry => entry.Value > 0)
        .ToDictionary();

    internal void Called() => Interlocked.Increment(ref calls);

    internal void TurnedAway() => Interlocked.Increment(ref overLimit);

    internal void Failed(Fault fault) => Interlocked.Increment(ref faults[(int)fault]);
}
