using System.Globalization;
using DialogueMesh.Contracts.Randomness;
using DialogueMesh.Scenario.Ontology;

namespace DialogueMesh.Scenario.Grounding;

/// <summary>Draws one value of a source.</summary>
internal static class ValueDraw
{
    private const int MinutesAhead = 210;
    private const int FewestTimes = 4;

    private static readonly string[] Days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    private static readonly string[] Months =
    [
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ];

    /// <param name="timeSlot">Times of day fall into it where the source's range allows; null to ignore it.</param>
    /// <param name="clock">When the dialogue takes place: times lie ahead of it.</param>
    /// <param name="subject">The service that a general task is about.</param>
    /// <param name="other">The values of other slots of the same service.</param>
    public static string Draw(
        ValueSource source, Region region, TimeSlot? timeSlot, TimeOnly clock, string? subject, Func<string, string> other, SeededRandom random) => source switch
        {
            ValueSource.OneOf(var values) => random.Pick(values),
            ValueSource.FromRegion(var list) => random.Pick(region.Lists[list]).Name,
            ValueSource.Number(var min, var max, var step) => (min + (step * random.Next(((max - min) / step) + 1))).ToString(CultureInfo.InvariantCulture),
            ValueSource.TimeOfDay(var min, var max) => Time(DrawTime(min, max, timeSlot, clock, random)),
            ValueSource.TimeAfter(var slot, var min, var max) => Time(Parse(other(slot)).AddMinutes(5 * random.Between((min + 4) / 5, max / 5))),
            ValueSource.MinutesBetween(var from, var to) => $"{(int)(Parse(other(to)) - Parse(other(from))).TotalMinutes} minutes",
            ValueSource.Money(var min, var max) => Price(region.Currency, min + ((max - min) * (decimal)random.NextDouble())),
            ValueSource.Code(var pattern) => Fill(pattern, random),
            ValueSource.Phone => Fill(region.PhonePattern, random),
            ValueSource.Address => $"{random.Between(1, 240)} {random.Pick(region.Lists["streets"]).Name}",
            ValueSource.Person => $"{random.Pick(region.Lists["first_names"]).Name} {random.Pick(region.Lists["last_names"]).Name}",
            ValueSource.Date => $"{random.Between(1, 28)} {random.Pick(Months)}",
            ValueSource.Day => random.Pick(Days),
            ValueSource.BySubject(var values) => random.Pick(values.GetValueOrDefault(subject ?? "other") ?? values["other"]),
            _ => throw new InvalidOperationException($"unknown source {source}"),
        };

    public static string Time(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>When the dialogue of that stream takes place, in 5-minute steps.</summary>
    public static TimeOnly Clock(TimeSlot slot, string streamKey) => slot.Start.AddMinutes(5 * new SeededRandom(streamKey, "clock").Next(slot.Minutes / 5));

    public static TimeOnly Parse(string time) => TimeOnly.ParseExact(time, "HH:mm", CultureInfo.InvariantCulture);

    private static TimeOnly DrawTime(TimeOnly min, TimeOnly max, TimeSlot? timeSlot, TimeOnly clock, SeededRandom random)
    {
        if (timeSlot is { } slot)
        {
            var steps = Steps(min, max, minutes: 15).ToList();
            var ahead = steps.Where(time => (time - clock).TotalMinutes is >= 10 and <= MinutesAhead).ToList();
            var fitting = ahead.Where(slot.Contains).ToList();
            fitting = fitting.Count >= FewestTimes ? fitting : ahead.Count >= FewestTimes ? ahead : [.. steps.Where(slot.Contains)];
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
