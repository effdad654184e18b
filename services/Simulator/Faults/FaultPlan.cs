using System.Collections.Concurrent;
using DialogueMesh.Contracts.Randomness;
using DialogueMesh.Simulator.Latencies;

namespace DialogueMesh.Simulator.Faults;

/// <summary>Faults that a repeated call mends.</summary>
internal enum Fault
{
    None,

    /// <summary>429 with Retry-After: 0.</summary>
    RetryNow,

    /// <summary>429 without Retry-After.</summary>
    RateLimited,

    ServerError,
    Overloaded,

    /// <summary>The connection is reset when half of the body is sent.</summary>
    Reset,

    /// <summary>A well-formed HTTP answer whose JSON stops half-way.</summary>
    Truncated,
}

/// <summary>How a call is treated.</summary>
internal readonly record struct Treatment(Fault Fault, TimeSpan Delay);

/// <summary>Draws each call's delay and fault from the request's hash and how often it was seen.</summary>
internal sealed class FaultPlan(SimulatorOptions options)
{
    private const int MaxInARow = 2;
    private static readonly Fault[] Kinds = [.. Enum.GetValues<Fault>().Where(fault => fault != Fault.None)];

    private readonly ConcurrentDictionary<string, Seen> seen = new();
    private readonly LatencyOptions latency = options.AnswerTime;

    public Treatment Next(string hash)
    {
        if (options.FaultShare == 0 && latency.Shape == LatencyShape.None)
        {
            return default;
        }

        var after = seen.AddOrUpdate(hash, _ => Draw(hash, default), (_, before) => Draw(hash, before));
        return after.Treatment;
    }

    private Seen Draw(string hash, Seen before)
    {
        var random = new SeededRandom(hash, "treatment", before.Times);
        var delay = Latency.Draw(latency, random);
        var fault = random.Chance(options.FaultShare) && before.InARow < MaxInARow ? random.Pick(Kinds) : Fault.None;
        return new Seen(before.Times + 1, fault == Fault.None ? 0 : before.InARow + 1, new Treatment(fault, delay));
    }

    private readonly record struct Seen(int Times, int InARow, Treatment Treatment);
}
