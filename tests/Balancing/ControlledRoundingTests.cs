using DialogueMesh.Balancing.Planning;
using DialogueMesh.Contracts.Randomness;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace DialogueMesh.Tests.Balancing;

public sealed class ControlledRoundingTests
{
    private static readonly (string Name, Func<QuotaEntry, int> Of)[] Sums =
        [("group", e => e.Group), ("row", e => e.Row), ("column", e => e.Column)];

    [Fact]
    public void Add_NoEarlierCounts_EverySumAndEntryIsFloorOrCeilingOfItsTarget() =>
        Prop.ForAll(Tables(6, 6).SelectMany(t => Gen.Choose(0, 400), (t, n) => (t, n)).ToArbitrary(), given =>
        {
            var (entries, total) = given;
            var counts = ControlledRounding.Add(entries, new int[entries.Length], total, new SeededRandom(1, total));

            Assert.Equal(total, counts.Sum());
            Assert.All(entries.Zip(counts), pair => AssertRounds(pair.First.Share * total, pair.Second));
            foreach (var (_, of) in Sums)
            {
                Assert.All(entries.Zip(counts).GroupBy(pair => of(pair.First)), sum =>
                    AssertRounds(sum.Sum(pair => pair.First.Share) * total, sum.Sum(pair => pair.Second)));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    [Fact]
    public void Add_ToAnyEarlierCounts_NoOtherWayIsCloserToTheTargets() =>
        Prop.ForAll(
            (from entries in Tables(3, 3)
             from prior in Gen.ArrayOf(Gen.Choose(0, 3), entries.Length)
             from added in Gen.Choose(0, 4)
             select (entries, prior, added)).ToArbitrary(),
            given =>
            {
                var (entries, prior, added) = given;
                var total = prior.Sum() + added;
                var counts = ControlledRounding.Add(entries, prior, total, new SeededRandom(added));

                Assert.Equal(added, counts.Sum());
                Assert.All(counts, count => Assert.InRange(count, 0, added));
                var best = AllWays(entries.Length, added).Min(way => Beyond(entries, prior, way, total));
                Assert.Equal(best, Beyond(entries, prior, counts, total));
            })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Add_WhatWouldComeOfTheWholeStaysAhead_EverySumWithinOne() =>
        Prop.ForAll(Tables(6, 6).SelectMany(t => Gen.Choose(1, 60), (t, n) => (t, n)).ToArbitrary(), given =>
        {
            var (entries, first) = given;
            var prior = ControlledRounding.Add(entries, new int[entries.Length], first, new SeededRandom(2));
            var total = first + (int)Math.Ceiling(1 / entries.Min(entry => entry.Share));

            var counts = ControlledRounding.Add(entries, prior, total, new SeededRandom(3)).Zip(prior, (a, b) => a + b);

            foreach (var (_, of) in Sums)
            {
                Assert.All(entries.Zip(counts).GroupBy(pair => of(pair.First)), sum => Assert.InRange(
                    sum.Sum(pair => pair.Second) - (sum.Sum(pair => pair.First.Share) * total), -1.000001, 1.000001));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    /// <summary>Random tables with holes, rows in groups of at most two.</summary>
    private static Gen<QuotaEntry[]> Tables(int maxRows, int maxColumns) =>
        from rows in Gen.Choose(1, maxRows)
        from columns in Gen.Choose(1, maxColumns)
        from weights in Gen.ArrayOf(Gen.Frequency((1, Gen.Constant(0)), (2, Gen.Choose(1, 20))), rows * columns)
        where weights.Any(weight => weight > 0)
        select weights.Select((weight, i) => new QuotaEntry(i / columns / 2, i / columns, i % columns, (double)weight / weights.Sum()))
            .Where(entry => entry.Share > 0).ToArray();

    private static void AssertRounds(double target, int count) => Assert.InRange(count, Math.Floor(target + 1e-6), Math.Ceiling(target - 1e-6));

    /// <summary>The k-th unit beyond 1 from the target counts k times.</summary>
    private static int Beyond(QuotaEntry[] entries, int[] prior, int[] added, int total) =>
        Sums.Sum(level => entries.Select((entry, i) => (entry, Count: prior[i] + added[i])).GroupBy(pair => level.Of(pair.entry)).Sum(sum =>
        {
            var target = sum.Sum(pair => pair.entry.Share) * total;
            var count = sum.Sum(pair => pair.Count);
            var units = Math.Max(0, Math.Max(count - (int)Math.Floor(target + 1.000001), (int)Math.Ceiling(target - 1.000001) - count));
            return units * (units + 1) / 2;
        }));

    private static IEnumerable<int[]> AllWays(int entries, int units) => entries == 1
        ? [[units]]
        : Enumerable.Range(0, units + 1).SelectMany(first => AllWays(entries - 1, units - first).Select(rest => (int[])[first, .. rest]));
}
