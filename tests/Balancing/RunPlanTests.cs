using DialogueMesh.Balancing.Planning;
using DialogueMesh.Contracts.Runs;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace DialogueMesh.Tests.Balancing;

public sealed class RunPlanTests
{
    private const double Tolerance = 1e-6;

    [Fact]
    public void Create_AnySpecAndTotal_EveryMarginalWithinOneOfItsTarget() =>
        Prop.ForAll(
            (from spec in TestSpecs.Any() from total in Gen.Choose(1, 3000) select (spec, total)).ToArbitrary(),
            given => AssertWithinOne(given.spec, Cells(RunPlan.Create(given.spec, [given.total]))))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(1000)]
    [InlineData(50_000)]
    public void Create_DefaultSpec_EveryMarginalWithinOneOfItsTarget(int total)
    {
        for (var seed = 0; seed < (total > 10_000 ? 1 : 10); seed++)
        {
            AssertWithinOne(TestSpecs.Default(seed), Cells(RunPlan.Create(TestSpecs.Default(seed), [total])));
        }
    }

    [Fact]
    public void Create_AMillionCells_EveryMarginalWithinOneOfItsTarget()
    {
        var plan = RunPlan.Create(TestSpecs.Default(), [1_000_000]);

        var regions = new Dictionary<string, int>();
        var categories = new Dictionary<string, int>();
        foreach (var cell in Cells(plan))
        {
            regions[cell.Region] = regions.GetValueOrDefault(cell.Region) + 1;
            categories[cell.Category] = categories.GetValueOrDefault(cell.Category) + 1;
        }

        var targets = PlanTargets.Of(TestSpecs.Default()).ToDictionary(target => target.Name, target => target.Shares);
        Assert.All(targets["region"], share => Assert.InRange(regions[share.Key] - (1e6 * share.Value), -1 - Tolerance, 1 + Tolerance));
        Assert.All(targets["scenario_category"], share =>
            Assert.InRange(categories[share.Key] - (1e6 * share.Value), -1 - Tolerance, 1 + Tolerance));
    }

    [Fact]
    public void Cell_AnySpec_CategoryIsOfItsServicesOrGeneralAndTurnsAreInRange() =>
        Prop.ForAll(TestSpecs.Any().ToArbitrary(), spec =>
        {
            foreach (var cell in Cells(RunPlan.Create(spec, [300])))
            {
                Assert.Contains(cell.Category.Split('.')[0], cell.Services.Append("general"));
                Assert.InRange(cell.Turns.Min, spec.MinTurns.Min, spec.MinTurns.Max);
                Assert.InRange(cell.Turns.Max, Math.Max(spec.MaxTurns.Min, cell.Turns.Min), spec.MaxTurns.Max);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void Create_Extended_EarlierCellsStayAndLaterOnesFillTheLargerTargets() =>
        Prop.ForAll(
            (from spec in TestSpecs.Any()
             from totals in Gen.NonEmptyListOf(Gen.Choose(1, 800)).Select(list => list.Take(4).Distinct().Order().ToArray())
             select (spec, totals)).ToArbitrary(),
            given =>
            {
                var (spec, totals) = given;
                var cells = Cells(RunPlan.Create(spec, totals)).ToList();
                for (var last = 0; last < totals.Length; last++)
                {
                    var earlier = Cells(RunPlan.Create(spec, totals[..(last + 1)])).ToList();
                    Assert.Equal(earlier.Select(Text), cells.Take(earlier.Count).Select(Text));
                    AssertWithinOneWherePossible(spec, earlier, last == 0 ? 0 : totals[last - 1]);
                }
            })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(80));

    [Fact]
    public void Create_GeneralAmongTheServices_ItsCategoriesComeFromBoth()
    {
        var spec = TestSpecs.Default();
        spec = spec with
        {
            Dimensions = spec.Dimensions with
            {
                Combinations = [new(["general", "hotel"], 1)],
                Categories = new Dictionary<string, IReadOnlyList<string>> { ["general"] = ["small talk"], ["hotel"] = ["book"] },
                GeneralShare = 0.2,
            },
        };

        var marginals = PlanMarginals.Of(Cells(RunPlan.Create(spec, [100])));

        Assert.Equal(60, marginals["scenario_category"]["general.small talk"]);
        Assert.Equal(40, marginals["scenario_category"]["hotel.book"]);
    }

    [Fact]
    public void Create_OnlyGeneral_EveryCellIsGeneral()
    {
        var spec = TestSpecs.Default();
        spec = spec with { Dimensions = spec.Dimensions with { Combinations = [new(["general"], 1)] } };

        Assert.All(Cells(RunPlan.Create(spec, [50])), cell => Assert.StartsWith("general.", cell.Category));
    }

    [Fact]
    public void Create_ManySeeds_SmallRunsFavourNoCategory()
    {
        const int Runs = 500;
        const int Total = 10;
        var counts = new Dictionary<string, int>();
        for (var seed = 0; seed < Runs; seed++)
        {
            foreach (var cell in Cells(RunPlan.Create(TestSpecs.Default(seed), [Total])))
            {
                counts[cell.Category] = counts.GetValueOrDefault(cell.Category) + 1;
            }
        }

        var shares = PlanTargets.Of(TestSpecs.Default()).Single(target => target.Name == "scenario_category").Shares;
        foreach (var (category, share) in shares)
        {
            var expected = Runs * Total * share;
            var noise = 5 * Math.Sqrt(expected);
            Assert.InRange(counts[category], (0.95 * expected) - noise, (1.05 * expected) + noise);
        }
    }

    [Fact]
    public void Cell_SameSpec_SameCellAndOtherSeedOtherCells()
    {
        var plan = RunPlan.Create(TestSpecs.Default(5), [500]);

        Assert.Equal(Cells(plan).Select(Text), Cells(RunPlan.Create(TestSpecs.Default(5), [500])).Select(Text));
        Assert.NotEqual(Cells(plan).Select(Text), Cells(RunPlan.Create(TestSpecs.Default(6), [500])).Select(Text));
        Assert.Equal(1000, Cells(plan).SelectMany(cell => new[] { cell.SeedDialogue, cell.Persona.Number }).Distinct().Count());
    }

    [Fact]
    public void Cell_OutOfRange_Throws()
    {
        var plan = RunPlan.Create(TestSpecs.Default(), [3]);

        Assert.Throws<ArgumentOutOfRangeException>(() => plan.Cell(3));
        Assert.Throws<ArgumentException>(() => RunPlan.Create(TestSpecs.Default(), [5, 5]));
        Assert.Throws<ArgumentException>(() => RunPlan.Create(TestSpecs.Default(), []));
    }

    private static IEnumerable<Cell> Cells(RunPlan plan) => Enumerable.Range(0, plan.Count).Select(plan.Cell);

    private static string Text(Cell cell) => System.Text.Json.JsonSerializer.Serialize(cell);

    private static void AssertWithinOne(RunSpec spec, IEnumerable<Cell> planned)
    {
        var cells = planned.ToList();
        foreach (var (name, value, shares) in PlanTargets.Of(spec))
        {
            var counts = cells.CountBy(value).ToDictionary();
            Assert.Empty(counts.Keys.Except(shares.Keys));
            foreach (var (key, share) in shares)
            {
                var off = counts.GetValueOrDefault(key) - (cells.Count * share);
                Assert.True(Math.Abs(off) <= 1 + Tolerance, $"{name} {key} of {cells.Count} cells is off by {off}.");
            }
        }
    }

    /// <summary>A value may be off further only where earlier cells leave no other way.</summary>
    private static void AssertWithinOneWherePossible(RunSpec spec, List<Cell> cells, int earlier)
    {
        string[] linked = ["turns", "min_turns", "service_count", "combination", "scenario_category"];
        foreach (var (name, value, shares) in PlanTargets.Of(spec).Where(target => !linked.Contains(target.Name)))
        {
            var before = cells.Take(earlier).CountBy(value).ToDictionary();
            var counts = cells.CountBy(value).ToDictionary();
            var needed = shares.Sum(s => Math.Max(before.GetValueOrDefault(s.Key), Math.Ceiling((cells.Count * s.Value) - 1 - 1e-9)));
            if (needed <= cells.Count)
            {
                Assert.All(shares, s => Assert.InRange(
                    counts.GetValueOrDefault(s.Key) - (cells.Count * s.Value), -1 - Tolerance, 1 + Tolerance));
            }

            Assert.Equal(cells.Count, counts.Values.Sum());
        }
    }
}
