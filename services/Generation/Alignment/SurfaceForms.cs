using System.Globalization;

namespace DialogueMesh.Generation.Alignment;

/// <summary>The forms in which people write a value: "18:30" is "6:30 pm", "2" is "two".</summary>
internal static class SurfaceForms
{
    private static readonly string[] Numbers =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    ];

    /// <summary>The value itself, then its other forms, longer ones first where one could stand inside another.</summary>
    public static IEnumerable<string> Of(string value)
    {
        yield return value;
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < Numbers.Length)
        {
            yield return Numbers[number];
        }
        else if (value.Length == 5 && TimeOnly.TryParseExact(value, "HH:mm", out var time))
        {
            foreach (var form in OfTime(time))
            {
                yield return form;
            }
        }
    }

    private static IEnumerable<string> OfTime(TimeOnly time)
    {
        var hour = time.Hour % 12 == 0 ? 12 : time.Hour % 12;
        var (half, dotted) = time.Hour < 12 ? ("am", "a.m.") : ("pm", "p.m.");
        var minutes = time.Minute.ToString("00", CultureInfo.InvariantCulture);
        foreach (var suffix in new[] { $" {dotted}", $" {half}", dotted, half })
        {
            yield return $"{hour}:{minutes}{suffix}";
            yield return $"{hour}.{minutes}{suffix}";
            if (time.Minute == 0)
            {
                yield return $"{hour}{suffix}";
            }
        }

        if (time.Hour < 10)
        {
            yield return $"{time.Hour}:{minutes}";
        }

        if (time.Minute == 0)
        {
            yield return $"{Numbers[hour]} o'clock";
            yield return time.Hour switch { 12 => "noon", 0 => "midnight", _ => $"{hour} o'clock" };
        }
        else if (time.Minute == 30)
        {
            yield return $"half past {Numbers[hour]}";
        }
    }
}
