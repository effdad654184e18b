namespace DialogueMesh.Simulator.Latencies;

/// <summary>How the time that an answer takes is distributed.</summary>
public enum LatencyShape
{
    None,

    /// <summary>Always <see cref="LatencyOptions.MeanMilliseconds"/>.</summary>
    Fixed,

    /// <summary>Between <see cref="LatencyOptions.MinMilliseconds"/> and <see cref="LatencyOptions.MaxMilliseconds"/>.</summary>
    Uniform,

    /// <summary>Of mean <see cref="LatencyOptions.MeanMilliseconds"/>.</summary>
    Exponential,

    /// <summary>
    /// Given by <see cref="LatencyOptions.MedianMilliseconds"/> and <see cref="LatencyOptions.P95Milliseconds"/>; nearest to
    /// what hosted models show.
    /// </summary>
    Lognormal,
}

/// <summary>The time that an answer takes; each shape needs the figures it names, in milliseconds.</summary>
public sealed class LatencyOptions
{
    private const double Longest = 3_600_000;

    public LatencyShape Shape { get; set; }

    public double MeanMilliseconds { get; set; }

    public double MinMilliseconds { get; set; }

    public double MaxMilliseconds { get; set; }

    public double MedianMilliseconds { get; set; }

    public double P95Milliseconds { get; set; }

    /// <summary>What is wrong with the figures, or null.</summary>
    internal string? Problem() => Shape switch
    {
        LatencyShape.None => null,
        LatencyShape.Fixed or LatencyShape.Exponential => Within(nameof(MeanMilliseconds), MeanMilliseconds, 0),
        LatencyShape.Uniform => Within(nameof(MinMilliseconds), MinMilliseconds, 0)
            ?? Within(nameof(MaxMilliseconds), MaxMilliseconds, MinMilliseconds),
        LatencyShape.Lognormal => MedianMilliseconds > 0
            ? Within(nameof(MedianMilliseconds), MedianMilliseconds, 0) ?? Within(nameof(P95Milliseconds), P95Milliseconds, MedianMilliseconds)
            : FormattableString.Invariant($"{nameof(MedianMilliseconds)} is {MedianMilliseconds}; it must be more than 0"),
        _ => $"{nameof(Shape)} is {Shape}; it must be one of {string.Join(", ", Enum.GetNames<LatencyShape>())}",
    };

    private static string? Within(string name, double value, double least) => value >= least && value <= Longest
        ? null
        : FormattableString.Invariant($"{name} is {value}; it must be in {least}..{Longest}");
}
