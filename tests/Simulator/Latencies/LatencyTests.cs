using DialogueMesh.Contracts.Randomness;
using DialogueMesh.Simulator.Latencies;
using Xunit;

namespace DialogueMesh.Tests.Simulator.Latencies;

public sealed class LatencyTests
{
    private const int Draws = 20_000;

    [Fact]
    public void Draw_Fixed_IsAlwaysTheSame() =>
        Assert.Equal([250], Milliseconds(new LatencyOptions { Shape = LatencyShape.Fixed, MeanMilliseconds = 250 }).Distinct());

    [Fact]
    public void Draw_Uniform_FillsItsRange()
    {
        var drawn = Milliseconds(new LatencyOptions { Shape = LatencyShape.Uniform, MinMilliseconds = 100, MaxMilliseconds = 300 });

        Assert.InRange(drawn[0], 100, 101);
        Assert.InRange(drawn[Draws / 2], 197, 203);
        Assert.InRange(drawn[^1], 299, 300);
    }

    [Fact]
    public void Draw_Exponential_HasItsMeanAndMedian()
    {
        var drawn = Milliseconds(new LatencyOptions { Shape = LatencyShape.Exponential, MeanMilliseconds = 1000 });

        Assert.InRange(drawn.Average(), 970, 1030);
        Assert.InRange(drawn[Draws / 2], 1000 * Math.Log(2) * 0.96, 1000 * Math.Log(2) * 1.04);
    }

    [Fact]
    public void Draw_Lognormal_HasItsMedianAndP95()
    {
        var drawn = Milliseconds(new LatencyOptions { Shape = LatencyShape.Lognormal, MedianMilliseconds = 8000, P95Milliseconds = 20_000 });

        Assert.InRange(drawn[Draws / 2], 7800, 8200);
        Assert.InRange(drawn[Draws * 95 / 100], 19_200, 20_800);
    }

    [Theory]
    [InlineData("MedianMilliseconds is 0", LatencyShape.Lognormal, 0, 0, 0, 0, 0)]
    [InlineData("P95Milliseconds is 5", LatencyShape.Lognormal, 0, 0, 0, 10, 5)]
    [InlineData("MaxMilliseconds is 1", LatencyShape.Uniform, 0, 2, 1, 0, 0)]
    [InlineData("MeanMilliseconds is -1", LatencyShape.Fixed, -1, 0, 0, 0, 0)]
    [InlineData("MeanMilliseconds is NaN", LatencyShape.Exponential, double.NaN, 0, 0, 0, 0)]
    [InlineData("one of None, Fixed", (LatencyShape)9, 0, 0, 0, 0, 0)]
    public void Problem_BadFigures_NamesThem(string says, LatencyShape shape, double mean, double min, double max, double median, double p95)
    {
        var options = new LatencyOptions
        {
            Shape = shape,
            MeanMilliseconds = mean,
            MinMilliseconds = min,
            MaxMilliseconds = max,
            MedianMilliseconds = median,
            P95Milliseconds = p95,
        };

        Assert.Contains(says, options.Problem(), StringComparison.Ordinal);
    }

    private static List<double> Milliseconds(LatencyOptions options)
    {
        var random = new SeededRandom("latency");
        return [.. Enumerable.Range(0, Draws).Select(_ => Latency.Draw(options, random).TotalMilliseconds).Order()];
    }
}
