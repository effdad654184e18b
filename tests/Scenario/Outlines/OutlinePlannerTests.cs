using System.Text.Json;
using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Blueprints;
using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Scenario.Grounding;
using DialogueMesh.Scenario.Outlines;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace DialogueMesh.Tests.Scenario.Outlines;

public sealed class OutlinePlannerTests
{
    [Fact]
    public void Plan_AnyRun_KeepsToEveryRule() =>
        Prop.ForAll(Gen.Choose(1, 1_000_000).ToArbitrary(), seed => Assert.Empty(TestCells.Of(seed, 60).SelectMany(cell => Broken(cell, seed))))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void Plan_TenExchangesAskedOfOneService_GetsThemInEveryCategory() =>
        Assert.Empty(Sweep(new IntRange(10, 10), services: 1));

    [Fact]
    public void Plan_AtMostSevenExchangesForFourServices_KeepsToThemInEveryCategory() =>
        Assert.Empty(Sweep(new IntRange(5, 7), services: 4));

    [Fact]
    public void Plan_SameKey_GivesTheSameOutline()
    {
        // Another planner: nothing is remembered from one plan to the next.
        var other = new OutlinePlanner(TestCells.Catalog, DialogueMesh.Scenario.Corpora.ActStatistics.Prior);

        foreach (var cell in TestCells.Of(11, 40))
        {
            Assert.Equal(Json(TestCells.Plan(cell, "11/3/0")), Json(other.Plan(cell, "11/3/0")));
        }
    }

    [Fact]
    public void Plan_NextAttempt_GivesAnotherOutline()
    {
        foreach (var cell in TestCells.Of(12, 60))
        {
            Assert.NotEqual(Json(TestCells.Plan(cell, $"12/{cell.Ordinal}/0")), Json(TestCells.Plan(cell, $"12/{cell.Ordinal}/1")));
        }
    }

    [Fact]
    public void Plan_RoomForTenOrTwentyExchanges_DrawsManyLengths()
    {
        var lengths = TestCells.Of(13, 120).Select(cell => TestCells.Plan(cell with { Turns = new IntRange(5, 20) }, $"13/{cell.Ordinal}/0").Exchanges.Count).ToList();

        Assert.True(lengths.Distinct().Count() >= 8, string.Join(' ', lengths.Order()));
        Assert.InRange(lengths.Average(), 7, 13);
    }

    [Fact]
    public void Plan_RoomForOneMoreExchange_EndsWithAFarewell()
    {
        foreach (var cell in TestCells.Of(15, 120).Select(cell => cell with { Turns = new IntRange(5, 20) }))
        {
            Assert.Contains(TestCells.Plan(cell, $"15/{cell.Ordinal}/0").Exchanges[^1].User, act => act.Act == Acts.Goodbye);
        }
    }

    [Fact]
    public void Plan_TrainAtNight_LeavesNextNotBefore()
    {
        foreach (var cell in TestCells.Of(16, 200).Where(cell => cell.Services.Contains("train"))
            .Select(cell => cell with { Category = "train.platform_information", TimeSlot = "Overnight" }))
        {
            var key = $"16/{cell.Ordinal}/0";
            var clock = ValueDraw.Clock(TestCells.Catalog.Plan.TimeSlots["Overnight"], key);
            var leave = TestCells.Plan(cell, key).Exchanges.SelectMany(exchange => exchange.User)
                .FirstOrDefault(act => act is { Service: "train", Slot: "leave", Value: not null });

            Assert.True(leave is null || (ValueDraw.Parse(leave.Value!) - clock).TotalHours < 10, $"{leave?.Value} at {clock}");
        }
    }

    [Fact]
    public void Plan_RoomLeft_NothingIsDoneInTheBreathThatToldItsTerms()
    {
        foreach (var cell in TestCells.Of(17, 200).Select(cell => cell with { Turns = new IntRange(5, 20) }))
        {
            Assert.DoesNotContain(
                TestCells.Plan(cell, $"17/{cell.Ordinal}/0").Exchanges,
                exchange => exchange.Assistant.SkipWhile(act => act.Act != Acts.Inform).Any(act => act.Act == Acts.NotifySuccess));
        }
    }

    [Fact]
    public void Plan_UserNeedsAMoment_HasJustBeenAsked()
    {
        var moments = 0;
        foreach (var exchanges in TestCells.Of(18, 200).Select(cell => TestCells.Plan(cell with { Turns = new IntRange(14, 20) }, $"18/{cell.Ordinal}/0").Exchanges))
        {
            foreach (var at in Enumerable.Range(0, exchanges.Count).Where(at => exchanges[at].Note.Contains(OutlineNotes.UserNeedsMoment, StringComparison.Ordinal)))
            {
                moments++;
                Assert.Equal(Acts.Request, exchanges[at - 1].Assistant[^1].Act);
                Assert.Equal(exchanges[at - 1].Assistant[^1].Slot, exchanges[at + 1].User[0].Slot);
            }
        }

        Assert.NotEqual(0, moments);
    }

    [Fact]
    public void Plan_NamedDay_TimesNeedNotLieAheadOfTheClock()
    {
        var cells = TestCells.Of(19, 200).Select(cell => cell with { Services = ["restaurant"], Category = "restaurant.dining_reservation", TimeSlot = "Late Night", Turns = new IntRange(5, 20) });

        var times = cells.SelectMany(cell => TestCells.Plan(cell, $"19/{cell.Ordinal}/0").Exchanges).SelectMany(exchange => exchange.User)
            .Where(act => act is { Slot: "booktime", Value: not null }).Select(act => ValueDraw.Parse(act.Value!)).ToList();

        Assert.Contains(times, time => time.Hour < 15);
        Assert.Contains(times, time => time.Hour > 18);
    }

    [Theory]
    [InlineData("hotel", "hotel.room_reservation", "bookname", true)]
    [InlineData("taxi", "taxi.ride_booking", "bookname", false)]
    [InlineData("police", "police.report_follow_up", "officer", false)]
    public void Plan_NamesOfVisitors_MayComeFromElsewhere(string service, string category, string slot, bool visits)
    {
        var world = TestCells.Catalog;
        var names = TestCells.Of(20, 200).Select(cell => cell with { Services = [service], Category = category, Region = "Tokyo", Turns = new IntRange(10, 20) })
            .SelectMany(cell => TestCells.Plan(cell, $"20/{cell.Ordinal}/0").Exchanges).SelectMany(exchange => exchange.User.Concat(exchange.Assistant))
            .Where(act => act.Slot == slot && act.Value is not null).Select(act => act.Value!).ToList();

        var local = world.Regions["Tokyo"].Lists["first_names"].Select(name => name.Name).ToList();

        Assert.NotEmpty(names);
        Assert.Equal(visits, names.Exists(name => !local.Exists(first => name.StartsWith(first + " ", StringComparison.Ordinal))));
    }

    /// <summary>The rules can see what they are for.</summary>
    [Theory]
    [InlineData("length")]
    [InlineData("turns")]
    [InlineData("ending")]
    [InlineData("goal")]
    [InlineData("questions")]
    [InlineData("confirm")]
    [InlineData("offers")]
    public void Rules_OutlineSpoilt_NoticeIt(string rule)
    {
        var cells = TestCells.Of(14, 40).ToList();

        var noticed = cells.SelectMany(cell => new OutlineRules(TestCells.Catalog, cell, Spoil(TestCells.Plan(cell, "14"), rule)).Broken());

        Assert.Contains(noticed, broken => broken.StartsWith(rule + ":", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Broken(Cell cell, int seed)
    {
        var plan = TestCells.Plan(cell, $"{seed}/{cell.Ordinal}/0");
        return new OutlineRules(TestCells.Catalog, cell, plan).Broken()
            .Select(broken => $"{cell.Category} with {string.Join('+', cell.Services)}, {cell.Resolution}, {cell.Turns.Min} to {cell.Turns.Max}, key {seed}/{cell.Ordinal}/0: {broken}");
    }

    /// <summary>What breaks a rule in any category, with any way of ending, of dialogues with that many services.</summary>
    private static IEnumerable<string> Sweep(IntRange turns, int services)
    {
        var dimensions = TestCells.Catalog.Dimensions();
        var some = TestCells.Of(1, 1).Single();
        var cells = from combination in dimensions.Combinations
                    where combination.Services.Count == services
                    from service in combination.Services.Append("general")
                    from category in dimensions.Categories[service]
                    from resolution in dimensions.Resolutions
                    select some with { Services = combination.Services, Category = $"{service}.{category}", Resolution = resolution.Value, Turns = turns };
        return cells.DistinctBy(cell => (cell.Category, cell.Resolution)).SelectMany(cell => Broken(cell, seed: services));
    }

    private static PlannedOutline Spoil(PlannedOutline plan, string rule) => rule switch
    {
        "length" => plan with { Exchanges = [plan.Exchanges[0]] },
        "turns" => plan with { Exchanges = [.. plan.Exchanges.Select(exchange => exchange with { User = exchange.Assistant })] },
        "ending" => plan with { Exchanges = [.. plan.Exchanges.Select(exchange => Change(exchange, act => act.Act == Acts.NotifyFailure ? act with { Act = Acts.Acknowledge } : act))] },
        "confirm" or "offers" => plan with { Exchanges = [.. plan.Exchanges.Select(exchange => Change(exchange, act => act.Act is Acts.Confirm or Acts.Offer ? act with { Value = act.Value + "x" } : act))] },
        _ => plan with { Exchanges = [.. plan.Exchanges.Reverse()] },
    };

    private static ExchangePlan Change(ExchangePlan exchange, Func<PlannedAct, PlannedAct> change) =>
        exchange with { User = [.. exchange.User.Select(change)], Assistant = [.. exchange.Assistant.Select(change)] };

    private static string Json(PlannedOutline plan) => JsonSerializer.Serialize(plan, DialogueJson.Compact);
}
