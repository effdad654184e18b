using DialogueMesh.Contracts.Randomness;

namespace DialogueMesh.Simulator.Latencies;

/// <summary>Draws the time that an answer takes.</summary>
internal static class Latency
{
    /// <summary>The 95th percentile of the standard normal distribution.</summary>
    private const double NormalP95 = 1.6448536269514722;

    public static TimeSpan Draw(LatencyOptions options, SeededRandom random) => TimeSpan.FromMilliseconds(options.Shape switch
    {
        LatencyShape.None => 0,
        LatencyShape.Fixed => options.MeanMilliseconds,
        LatencyShape.Uniform => options.MinMilliseconds + (random.NextDouble() * (options.MaxMilliseconds - options.MinMilliseconds)),
        LatencyShape.Exponential => -options.MeanMilliseconds * Math.Log(1 - random.NextDouble()),
        LatencyShape.Lognormal => options.MedianMilliseconds
            * Math.Exp(Normal(random) * Math.Log(options.P95Milliseconds / options.MedianMilliseconds) / NormalP95),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Shape, null),
    });

    /// <summary>Box and Muller, 1958.</summary>
    private static double Normal(SeededRandom random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
