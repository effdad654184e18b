using DialogueMesh.Simulator.Limits;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace DialogueMesh.Tests.Simulator.Limits;

public sealed class SlidingWindowTests
{
    private const int Limit = 20;

    /// <summary>Seconds since the one before, and an amount.</summary>
    private static readonly Arbitrary<(int Gap, int Amount)[]> Arrivals =
        (from gap in Gen.Frequency((4, Gen.Choose(0, 5)), (1, Gen.Choose(50, 70))) from amount in Gen.Choose(1, 8) select (gap, amount)).ArrayOf().ToArbitrary();

    [Fact]
    public void Spend_WhateverFits_NoSixtySecondsHoldMoreThanTheLimit() => Prop.ForAll(Arrivals, arrivals =>
    {
        var admitted = Admit(arrivals);
        foreach (var (from, _) in admitted)
        {
            Assert.True(admitted.Where(each => each.At >= from && each.At < from + 60).Sum(each => each.Amount) <= Limit);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void WaitFor_WhatDoesNotFit_FitsThenAndNotBefore() => Prop.ForAll(Arrivals, arrivals =>
    {
        var window = new SlidingWindow(Limit);
        var now = TimeSpan.Zero;
        foreach (var (gap, amount) in arrivals)
        {
            now += TimeSpan.FromSeconds(gap);
            if (window.WaitFor(amount, now) is { } wait && wait > TimeSpan.Zero)
            {
                Assert.NotEqual(TimeSpan.Zero, window.WaitFor(amount, now + wait - TimeSpan.FromTicks(1)));
                now += wait;
                Assert.Equal(TimeSpan.Zero, window.WaitFor(amount, now));
            }

            window.Spend(amount, now);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void WaitFor_MoreThanTheLimit_IsNever() => Assert.Null(new SlidingWindow(Limit).WaitFor(Limit + 1, TimeSpan.Zero));

    [Fact]
    public void UntilFree_Spent_IsSixtySecondsAfterTheLast()
    {
        var window = new SlidingWindow(Limit);
        Assert.Equal(TimeSpan.Zero, window.UntilFree(TimeSpan.FromSeconds(5)));

        window.Spend(1, TimeSpan.FromSeconds(5));
        window.Spend(1, TimeSpan.FromSeconds(25));

        Assert.Equal(TimeSpan.FromSeconds(55), window.UntilFree(TimeSpan.FromSeconds(30)));
        Assert.Equal(TimeSpan.Zero, window.UntilFree(TimeSpan.FromSeconds(85)));
    }

    private static List<(int At, int Amount)> Admit((int Gap, int Amount)[] arrivals)
    {
        var window = new SlidingWindow(Limit);
        var admitted = new List<(int At, int Amount)>();
        var now = 0;
        foreach (var (gap, amount) in arrivals)
        {
            now += gap;
            if (window.WaitFor(amount, TimeSpan.FromSeconds(now)) == TimeSpan.Zero)
            {
                window.Spend(amount, TimeSpan.FromSeconds(now));
                admitted.Add((now, amount));
            }
        }

        return admitted;
    }
}
