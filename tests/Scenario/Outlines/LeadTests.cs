using System.Globalization;
using DialogueMesh.Contracts.Dialogues;
using Xunit;

namespace DialogueMesh.Tests.Scenario.Outlines;

public sealed class LeadTests
{
    /// <summary>A taxi to the restaurant, the sight or the hospital comes in time for what is booked there.</summary>
    [Fact]
    public void Plan_TaxiToABookedPlace_ComesInTime()
    {
        var dimensions = TestCells.Catalog.Dimensions();
        dimensions = dimensions with
        {
            Combinations = [.. dimensions.Combinations.Where(each => each.Services.Count == 2 && each.Services.Contains("taxi")
                && each.Services.Any(service => service is "restaurant" or "hospital"))],
        };
        var waits = new List<double>();
        foreach (var cell in TestCells.Of(5, 200, dimensions).Where(cell => cell.Category is "taxi.ride_booking" or "restaurant.dining_reservation" or "hospital.appointment_booking"))
        {
            var acts = TestCells.Plan(cell, $"lead/{cell.Ordinal}").Exchanges.SelectMany(exchange => exchange.User).ToList();
            var tied = acts.FindLast(act => act is { Service: "taxi", Slot: "destination", CopyFrom: not null });
            var leaves = acts.FindLast(act => act is { Service: "taxi", Slot: "leave", Act: Acts.Inform });
            var starts = acts.FindLast(act => act.Service == tied?.CopyFrom!.Split('.')[0] && act.Slot is "booktime" or "time" && act.Act is Acts.Inform or Acts.Select);
            if (tied is not null && leaves is not null && starts is not null)
            {
                waits.Add((Time(starts.Value!) - Time(leaves.Value!)).TotalMinutes);
            }
        }

        Assert.NotEmpty(waits);
        Assert.All(waits, wait => Assert.InRange(wait, 20, 45));
    }

    /// <summary>A journey booked along with a stay leads to where the stay is, on the day of the check-in, and the taxi to the hotel comes afterwards.</summary>
    [Theory]
    [InlineData("train")]
    [InlineData("bus")]
    public void Plan_JourneyAndStay_ArriveOnTheDayOfTheCheckIn(string journey)
    {
        var dimensions = TestCells.Catalog.Dimensions();
        dimensions = dimensions with
        {
            Combinations = [.. dimensions.Combinations.Where(each => each.Services.Contains("hotel") && each.Services.Contains(journey))],
        };
        var (arrivals, rides) = (0, 0);
        foreach (var cell in TestCells.Of(8, 150, dimensions).Where(cell => !cell.Category.StartsWith($"{journey}.", StringComparison.Ordinal) && !StaysPut(cell.Category)))
        {
            var said = TestCells.Plan(cell, $"arrive/{cell.Ordinal}").Exchanges.SelectMany(exchange => exchange.User.Concat(exchange.Assistant)).ToList();
            string? Last(string service, string slot) => said.FindLast(act => act.Service == service && act.Slot == slot && act.Value is not null)?.Value;

            Assert.True(Last(journey, "destination") is null || Last(journey, "destination") == cell.Region);
            if (Last(journey, "arrive") is { } arrive)
            {
                arrivals++;
                Assert.InRange(Time(arrive), new TimeOnly(7, 0), new TimeOnly(18, 0));
                if (said.Exists(act => act is { Service: "taxi", Slot: "destination", CopyFrom: "hotel.name" }) && Last("taxi", "leave") is { } leave
                    && said.FindIndex(act => act.Service == "taxi") > said.FindLastIndex(act => act.Service == journey && act.Slot == "arrive"))
                {
                    rides++;
                    Assert.InRange((Time(leave) - Time(arrive)).TotalMinutes, 15, 40);
                }
            }
        }

        Assert.True(arrivals > 20, $"{arrivals} arrivals");
        Assert.True(journey == "bus" || rides > 0, "no taxi after a train");
    }

    /// <summary>A taxi is ordered once it is known to which hotel, even where the ride is what the user came for.</summary>
    [Fact]
    public void Plan_RideAndStay_GoesToTheBookedHotel()
    {
        var dimensions = TestCells.Catalog.Dimensions();
        dimensions = dimensions with
        {
            Combinations = [.. dimensions.Combinations.Where(each => each.Services.Count == 2 && each.Services.Contains("hotel") && each.Services.Contains("taxi"))],
        };
        var rides = TestCells.Of(9, 400, dimensions).Where(cell => cell.Category == "taxi.ride_booking").ToList();

        Assert.NotEmpty(rides);
        Assert.All(rides, cell => Assert.Contains(
            TestCells.Plan(cell, $"stay/{cell.Ordinal}").Exchanges.SelectMany(exchange => exchange.User), act => act is { Service: "taxi", Slot: "destination", CopyFrom: "hotel.name" }));
    }

    /// <summary>Who asks for fresh towels has arrived, and who gives up their room does not come: their journey leads elsewhere.</summary>
    [Fact]
    public void Plan_JourneyOfAGuestWhoHasArrivedOrStaysAway_LeadsElsewhere()
    {
        var dimensions = TestCells.Catalog.Dimensions();
        dimensions = dimensions with { Combinations = [.. dimensions.Combinations.Where(each => each.Services.Contains("hotel") && each.Services.Any(service => service is "train" or "bus" or "flight"))] };
        var cells = TestCells.Of(13, 400, dimensions).Where(cell => StaysPut(cell.Category)).ToList();

        Assert.NotEmpty(cells);
        Assert.All(cells, cell => Assert.DoesNotContain(
            TestCells.Plan(cell, $"there/{cell.Ordinal}").Exchanges.SelectMany(exchange => exchange.User), act => act.Slot == "destination" && act.Value == cell.Region));
    }

    private static bool StaysPut(string category) =>
        category.Split('.') is [var service, var name] && TestCells.Catalog.Services[service].Categories[name] is { OnSite: true } or { GivesUp: true };

    /// <summary>One dialogue speaks of one hotel: a taxi goes there, or to no hotel at all.</summary>
    [Fact]
    public void Plan_RideBesideAStay_NamesNoOtherHotel()
    {
        var dimensions = TestCells.Catalog.Dimensions();
        dimensions = dimensions with { Combinations = [.. dimensions.Combinations.Where(each => each.Services.Contains("hotel") && each.Services.Contains("taxi"))] };
        var rides = 0;
        foreach (var cell in TestCells.Of(11, 400, dimensions))
        {
            var hotels = TestCells.Catalog.Regions[cell.Region].Lists["hotels"].Select(hotel => hotel.Name).ToHashSet(StringComparer.Ordinal);
            var said = TestCells.Plan(cell, $"one/{cell.Ordinal}").Exchanges.SelectMany(exchange => exchange.User.Concat(exchange.Assistant)).ToList();
            var stay = said.FindLast(act => act is { Service: "hotel", Slot: "name", Value: not null, Act: not Acts.Offer })?.Value;
            foreach (var act in said.Where(act => act is { Service: "taxi", Slot: "destination", Value: not null }))
            {
                rides++;
                Assert.False(hotels.Contains(act.Value!) && stay is not null && act.Value != stay, $"{cell.Category}: a taxi to {act.Value}, a room at {stay}");
            }
        }

        Assert.NotEqual(0, rides);
    }

    /// <summary>Nobody takes a taxi to the restaurant whose table they have just given back.</summary>
    [Fact]
    public void Plan_RideAfterACancellation_GoesElsewhere()
    {
        var dimensions = TestCells.Catalog.Dimensions();
        dimensions = dimensions with { Combinations = [.. dimensions.Combinations.Where(each => each.Services.Count == 2 && each.Services.Contains("taxi"))] };
        var rides = TestCells.Of(12, 1500, dimensions)
            .Where(cell => cell.Category is "restaurant.reservation_cancellation" or "hotel.reservation_cancellation" or "attraction.ticket_cancellation").ToList();

        Assert.NotEmpty(rides);
        Assert.All(rides, cell => Assert.DoesNotContain(
            TestCells.Plan(cell, $"gone/{cell.Ordinal}").Exchanges.SelectMany(exchange => exchange.User), act => act is { Service: "taxi", Slot: "destination", CopyFrom: not null }));
    }

    private static TimeOnly Time(string value) => TimeOnly.ParseExact(value, "HH:mm", CultureInfo.InvariantCulture);
}
