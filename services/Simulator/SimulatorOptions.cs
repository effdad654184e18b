using DialogueMesh.Simulator.Latencies;
using DialogueMesh.Simulator.Limits;

namespace DialogueMesh.Simulator;

/// <summary>How the simulator behaves, never what it says. Bound from the section "Simulator".</summary>
public sealed class SimulatorOptions
{
    public const string Section = "Simulator";

    /// <summary>0 takes a free one.</summary>
    public int Port { get; set; }

    /// <summary>Short for an exponential <see cref="Latency"/> of this mean.</summary>
    public double DelayMilliseconds { get; set; }

    public LatencyOptions Latency { get; set; } = new();

    public LimitOptions Limits { get; set; } = new();

    /// <summary>Share of calls that answer a transient fault, in [0, 1]; no request gets more than two in a row.</summary>
    public double FaultShare { get; set; }

    /// <summary>When set, calls with another bearer token are answered 401.</summary>
    public string? ApiKey { get; set; }

    /// <summary><see cref="Latency"/>, or what <see cref="DelayMilliseconds"/> is short for.</summary>
    internal LatencyOptions AnswerTime => DelayMilliseconds > 0
        ? new LatencyOptions { Shape = LatencyShape.Exponential, MeanMilliseconds = DelayMilliseconds }
        : Latency;

    internal void Validate()
    {
        Require(nameof(Port), Port, Port is >= 0 and <= 65535, "0..65535");
        Require(nameof(DelayMilliseconds), DelayMilliseconds, DelayMilliseconds is >= 0 and <= 3_600_000, "0..3600000");
        Require(nameof(FaultShare), FaultShare, FaultShare is >= 0 and <= 1, "0..1");
        Require(nameof(Latency), Latency.Problem());
        Require(nameof(Limits), Limits.Problem());
        if (DelayMilliseconds > 0 && Latency.Shape != LatencyShape.None)
        {
            throw new ArgumentException($"{Section}:{nameof(DelayMilliseconds)} and {Section}:{nameof(Latency)} are both set; choose one");
        }
    }

    private static void Require(string name, double value, bool holds, string range)
    {
        if (!holds)
        {
            throw new ArgumentException(FormattableString.Invariant($"{Section}:{name} is {value}; it must be in {range}"));
        }
    }

    private static void Require(string name, string? problem)
    {
        if (problem is not null)
        {
            throw new ArgumentException($"{Section}:{name}:{problem}");
        }
    }
}
