using System.Globalization;
using System.Text.RegularExpressions;
using DialogueMesh.Contracts.Messages;

namespace DialogueMesh.Cli.Display;

/// <summary>Numbers and names as people read them.</summary>
internal static partial class Figures
{
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Cents where there are dollars, more digits where there are only fractions of a cent.</summary>
    public static string Dollars(decimal value) =>
        "$" + value.ToString(value is 0 or >= 1 ? "N2" : "0.00##", CultureInfo.InvariantCulture);

    public static string Bytes(long value) => value < 1_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{value / 1e3:0.0} kB")
        : string.Create(CultureInfo.InvariantCulture, $"{value / 1e6:#,0.0} MB");

    public static string Rate(double perSecond) =>
        perSecond.ToString(perSecond is 0 or >= 1 ? "0.0" : "0.00", CultureInfo.InvariantCulture) + "/s";

    /// <summary>"3 s", "12 min", "3 h 20 min"; "?" where it is unknown.</summary>
    public static string Duration(TimeSpan? duration) => duration switch
    {
        null => "?",
        { TotalSeconds: < 90 and var seconds } => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(seconds)} s"),
        { TotalMinutes: < 90 and var minutes } => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(minutes)} min"),
        { } longer => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(longer.TotalHours)} h {longer.Minutes} min"),
    };

    /// <summary>"near-duplicate" for NearDuplicate.</summary>
    public static string Reason(RejectionReason reason) => WordStart().Replace(reason.ToString(), "-").ToLowerInvariant();

    /// <summary>"5 (near-duplicate 3, misaligned 2)"; "0" for none.</summary>
    public static string Rejected(ProgressSnapshot progress) => progress.Rejected == 0
        ? "0"
        : $"{Count(progress.Rejected)} ({string.Join(", ", progress.Rejections.Select(each => $"{Reason(each.Reason)} {Count(each.Count)}"))})";

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex WordStart();
}
