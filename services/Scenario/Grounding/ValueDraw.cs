using System.Globalization;
using DialogueMesh.Contracts.Randomness;
using DialogueMesh.Scenario.Ontology;

namespace DialogueMesh.Scenario.Grounding;

/// <summary>Draws one value of a source.</summary>
internal static class ValueDraw
{
    private const int LeastAhead = 10;
    private const int MinutesAhead = 210;
    private const int FewestTimes = 4;
    private const int NextTimes = 8;

    private static readonly string[] Days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    private static readonly string[] Months =
    [
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ];

    /// <param name="timeSlot">Times of day fall into it where the source's range allows; null to ignore it.</param>
    /// <param name="clock">When the dialogue takes place: times lie ahead of it.</param>
    /// <param name="home">Where the user comes from.</param>
    /// <param name="subject">The service that a general task is about.</param>
    /// <param name="other">The values of other slots of the same service.</param>
    public static string Draw(
        ValueSource source, Region region, Region home, TimeSlot? timeSlot, TimeOnly clock, string? subject, Func<string, string> other, SeededRandom random) => source switch
        {
            ValueSource.OneOf(var values) => random.Pick(values),
            ValueSource.FromRegion(var list) => random.Pick(region.Lists[list]).Name,
            ValueSource.Number(var min, var max, var step) => (min + (step * random.Next(((max - min) / step) + 1))).ToString(CultureInfo.InvariantCulture),
            ValueSource.TimeOfDay(var min, var max) => Time(DrawTime(min, max, timeSlot, clock, random)),
            ValueSource.TimeAfter after => Time(Parse(other(after.Slot)).AddMinutes(Minutes(after, region, other, random))),
            ValueSource.MinutesBetween(var from, var to) => Length((int)(Parse(other(to)) - Parse(other(from))).TotalMinutes),
            ValueSource.Money money => Price(region.Currency, Dollars(money, region, other, (decimal)random.NextDouble())),
            ValueSource.Code(var pattern) => Fill(pattern, random),
            ValueSource.Phone => Fill(region.PhonePattern, random),
            ValueSource.Address => $"{random.Between(1, 240)} {random.Pick(region.Lists["streets"]).Name}",
            ValueSource.Person(var guest) => Name(guest ? home : region, random),
            ValueSource.Date => $"{random.Between(1, 28)} {random.Pick(Months)}",
            ValueSource.Day => random.Pick(Days),
            ValueSource.Here => region.Name,
            ValueSource.BySubject(var values) => random.Pick(values.GetValueOrDefault(subject ?? "other") ?? values["other"]),
            _ => throw new InvalidOperationException($"unknown source {source}"),
        };

    public static string Time(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>"95 minutes", "3 hours", "4 hours and 20 minutes".</summary>
    public static string Length(int minutes) => minutes switch
    {
        < 120 => $"{minutes} minutes",
        _ when minutes % 60 == 0 => $"{minutes / 60} hours",
        _ => $"{minutes / 60} hours and {minutes % 60} minutes",
    };

    /// <summary>When the dialogue of that stream takes place, in 5-minute steps.</summary>
    public static TimeOnly Clock(TimeSlot slot, string streamKey) => slot.Start.AddMinutes(5 * new SeededRandom(streamKey, "clock").Next(slot.Minutes / 5));

    public static TimeOnly Parse(string time) => TimeOnly.ParseExact(time, "HH:mm", CultureInfo.InvariantCulture);

    private static string Name(Region region, SeededRandom random) => $"{random.Pick(region.Lists["first_names"]).Name} {random.Pick(region.Lists["last_names"]).Name}";

    private static TimeOnly DrawTime(TimeOnly min, TimeOnly max, TimeSlot? timeSlot, TimeOnly clock, SeededRandom random)
    {
        if (timeSlot is { } slot)
        {
            var later = Steps(min, max, minutes: 15).Where(time => (time - clock).TotalMinutes >= LeastAhead).OrderBy(time => time - clock).ToList();
            var ahead = later.Where(time => (time - clock).TotalMinutes <= MinutesAhead).ToList();
            var fitting = ahead.Where(slot.Contains).ToList();
            // At night most of what runs by day only comes again in the morning.
            fitting = fitting.Count >= FewestTimes ? fitting : ahead.Count >= FewestTimes ? ahead : [.. later.Take(NextTimes)];
            if (fitting.Count > 0)
            {
                return random.Pick(fitting);
            }
        }

        return min.AddMinutes(5 * random.Next(((int)(max - min).TotalMinutes / 5) + 1));
    }

    private static IEnumerable<TimeOnly> Steps(TimeOnly min, TimeOnly max, int minutes)
    {
        var late = min.Minute % minutes;
        for (var at = (late == 0 ? 0 : minutes - late); at <= (max - min).TotalMinutes; at += minutes)
        {
            yield return min.AddMinutes(at);
        }
    }

    /// <summary>A landing is as many minutes after take-off as the flight takes, on the clocks of the place where it lands.</summary>
    private static int Minutes(ValueSource.TimeAfter after, Region region, Func<string, string> other, SeededRandom random) =>
        after.Flight is { } route && FlightOf(route, region, other) is { } flight
            ? flight.Minutes + flight.Ahead + (5 * random.Next(4))
        : after.Road is { } road && DriveOf(road.Route, region, other) is { } drive
            ? 5 * random.Between((drive * road.MinPercent / 500) + 1, Math.Max((drive * road.MinPercent / 500) + 1, drive * road.MaxPercent / 500))
        : 5 * random.Between((after.MinMinutes + 4) / 5, after.MaxMinutes / 5);

    /// <param name="place">Where in its range the price lies, from 0 to 1.</param>
    private static decimal Dollars(ValueSource.Money money, Region region, Func<string, string> other, decimal place) =>
        money.Fare is { } fare && FlightOf(fare.Route, region, other) is { } flight
            ? (fare.Min + ((fare.Max - fare.Min) * place)) * Math.Max(1, flight.Minutes / 60m)
            : (money.Min + ((money.Max - money.Min) * place)) * region.Currency.Level;

    /// <summary>Out of the region or into it; null between places whose distance is not known.</summary>
    private static Flight? FlightOf(Route route, Region region, Func<string, string> other) =>
        region.Flights.TryGetValue(other(route.To), out var there) ? there
        : region.Flights.TryGetValue(other(route.From), out var back) ? back with { Ahead = -back.Ahead }
        : null;

    private static int? DriveOf(Route route, Region region, Func<string, string> other) =>
        region.Roads.TryGetValue(other(route.To), out var there) ? there
        : region.Roads.TryGetValue(other(route.From), out var back) ? back
        : null;

    private static string Price(Currency currency, decimal dollars)
    {
        var units = Math.Max(1, Math.Round(dollars * currency.PerDollar / currency.Round)) * currency.Round;
        return string.Format(CultureInfo.InvariantCulture, currency.Format, units.ToString("#,0", CultureInfo.InvariantCulture));
    }

    private static string Fill(string pattern, SeededRandom random) => string.Concat(pattern.Select(sign => sign switch
    {
        // Letters that are not taken for digits when read out.
        '?' => "ABCDEFGHJKLMNPQRTUVWXYZ"[random.Next(23)],
        '#' => (char)('0' + random.Next(10)),
        _ => sign,
    }));
}
