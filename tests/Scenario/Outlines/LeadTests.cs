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

    private static TimeOnly Time(string value) => TimeOnly.ParseExact(value, "HH:mm", CultureInfo.InvariantCulture);
}
