namespace DialogueMesh.Simulator;

/// <summary>How the simulator behaves, never what it says. Bound from the section "Simulator".</summary>
public sealed class SimulatorOptions
{
    public const string Section = "Simulator";

    /// <summary>0 takes a free one.</summary>
    public int Port { get; set; }

    /// <summary>Mean of the exponentially distributed time an answer takes.</summary>
    public double DelayMilliseconds { get; set; }

    /// <summary>Share of calls that answer a transient fault, in [0, 1]; no request gets more than two in a row.</summary>
    public double FaultShare { get; set; }

    /// <summary>When set, calls with another bearer token are answered 401.</summary>
    public string? ApiKey { get; set; }

    internal void Validate()
    {
        if (Port is < 0 or > 65535)
        {
            throw new ArgumentException($"{Section}:{nameof(Port)} is {Port}; it must be in 0..65535");
        }

        if (!(DelayMilliseconds >= 0 && DelayMilliseconds <= 3_600_000))
        {
            throw new ArgumentException($"{Section}:{nameof(DelayMilliseconds)} is {DelayMilliseconds}; it must be in 0..3600000");
        }

        if (!(FaultShare >= 0 && FaultShare <= 1))
        {
            throw new ArgumentException($"{Section}:{nameof(FaultShare)} is {FaultShare}; it must be in 0..1");
        }
    }
}
