using System.Globalization;
using System.Text.RegularExpressions;
using DialogueMesh.Contracts;
using DialogueMesh.Simulator.Faults;
using DialogueMesh.Simulator.Latencies;
using DialogueMesh.Simulator.Limits;
using Microsoft.Extensions.Configuration;

namespace DialogueMesh.Simulator;

/// <summary>How the simulator behaves, never what it says. Bound from the section "Simulator".</summary>
public sealed partial class SimulatorOptions
{
    public const string Section = "Simulator";

    /// <summary>0 takes a free one.</summary>
    public int Port { get; set; }

    /// <summary>Short for an exponential <see cref="Latency"/> of this mean.</summary>
    public double DelayMilliseconds { get; set; }

    public LatencyOptions Latency { get; set; } = new();

    public LimitOptions Limits { get; set; } = new();

    /// <summary>Share of calls that meet a fault, evenly of all kinds, in [0, 1]; no request meets more than two in a row.</summary>
    public double FaultShare { get; set; }

    /// <summary>Shares of single kinds, on top of <see cref="FaultShare"/>.</summary>
    public Dictionary<Fault, double> Faults { get; set; } = [];

    /// <summary>When set, calls with another bearer token are answered 401.</summary>
    public string? ApiKey { get; set; }

    /// <summary>What the section "Simulator" says.</summary>
    /// <exception cref="InputException">A setting is unknown, of the wrong kind or out of range.</exception>
    public static SimulatorOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        foreach (var (fault, share) in section.GetSection(nameof(Faults)).GetChildren().Select(child => (child.Key, child.Value)))
        {
            if (!FaultShares.IsKind(fault) || !double.TryParse(share, CultureInfo.InvariantCulture, out _))
            {
                throw new InputException($"{Section}:{nameof(Faults)}: {fault} is {share}; {FaultShares.Advice}");
            }
        }

        try
        {
            var options = section.Get<SimulatorOptions>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new SimulatorOptions();
            options.Validate();
            return options;
        }
        catch (InvalidOperationException fault)
        {
            var unknown = UnknownSetting().Match(fault.Message);
            throw new InputException($"{Section}: {(unknown.Success ? $"there is no setting {unknown.Groups["names"].Value}" : fault.Message)}", fault);
        }
    }

    [GeneratedRegex("properties were not found on the instance of .*: (?<names>.+)$")]
    private static partial Regex UnknownSetting();

    /// <summary><see cref="Latency"/>, or what <see cref="DelayMilliseconds"/> is short for.</summary>
    internal LatencyOptions AnswerTime => DelayMilliseconds > 0
        ? new LatencyOptions { Shape = LatencyShape.Exponential, MeanMilliseconds = DelayMilliseconds }
        : Latency;

    /// <summary>Whether an answer takes no longer than making it.</summary>
    public bool AnswersAtOnce => AnswerTime.Shape == LatencyShape.None;

    /// <exception cref="InputException">A setting is out of range.</exception>
    internal void Validate()
    {
        Require(nameof(Port), Port, Port is >= 0 and <= 65535, "0..65535");
        Require(nameof(DelayMilliseconds), DelayMilliseconds, DelayMilliseconds is >= 0 and <= 3_600_000, "0..3600000");
        Require(nameof(FaultShare), FaultShare, FaultShare is >= 0 and <= 1, "0..1");
        Require(nameof(Faults), FaultShares.Problem(this));
        Require(nameof(Latency), Latency.Problem());
        Require(nameof(Limits), Limits.Problem());
        if (DelayMilliseconds > 0 && Latency.Shape != LatencyShape.None)
        {
            throw new InputException($"{Section}:{nameof(DelayMilliseconds)} and {Section}:{nameof(Latency)} are both set; choose one");
        }
    }

    private static void Require(string name, double value, bool holds, string range)
    {
        if (!holds)
        {
            throw new InputException(FormattableString.Invariant($"{Section}:{name} is {value}; it must be in {range}"));
        }
    }

    private static void Require(string name, string? problem)
    {
        if (problem is not null)
        {
            throw new InputException($"{Section}:{name}: {problem}");
        }
    }
}
