using DialogueMesh.Llm.Counting;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace DialogueMesh.Tests.Llm.Counting;

public sealed class RecentRateTests
{
    [Fact]
    public void PerSecond_NothingAdded_IsZero() => Assert.Equal(0, new RecentRate().PerSecond(TimeSpan.FromSeconds(3)));

    [Fact]
    public void PerSecond_LongAgo_IsForgotten()
    {
        var rate = new RecentRate();
        rate.Add(100, TimeSpan.FromSeconds(1));

        Assert.True(rate.PerSecond(TimeSpan.FromSeconds(10)) > 0);
        Assert.Equal(0, rate.PerSecond(TimeSpan.FromSeconds(40)));
    }

    [Fact]
    public void PerSecond_SteadyAmounts_IsTheirRate() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(1, 50).SelectMany(perSecond => Gen.Choose(2, 60).Select(seconds => (perSecond, seconds))).ToArbitrary(),
        Steady));

    private static bool Steady((int PerSecond, int Seconds) load)
    {
        var rate = new RecentRate();
        for (var i = 0; i < load.PerSecond * load.Seconds; i++)
        {
            rate.Add(3, TimeSpan.FromSeconds((double)i / load.PerSecond));
        }

        var measured = rate.PerSecond(TimeSpan.FromSeconds(load.Seconds - 0.001));
        return Math.Abs(measured - (3 * load.PerSecond)) <= (0.02 * 3 * load.PerSecond) + 0.1;
    }
}
