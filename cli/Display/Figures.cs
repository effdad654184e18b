using System.Globalization;
using System.Text.RegularExpressions;
using DialogueMesh.Cli.Display.Rates;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Llm.Counting;

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

    /// <summary>"12 min (10 min to 15 min)"; the second part only where it is known.</summary>
    public static string Eta(TimeLeft? left) => left switch
    {
        null => "?",
        { Expected.Ticks: 0 } or { Earliest: null } => Duration(left.Expected),
        _ => $"{Duration(left.Expected)} ({Duration(left.Earliest)} to {Duration(left.Latest)})",
    };

    /// <summary>"$0.52 of $1.20 projected": what was paid, and what it will come to.</summary>
    public static string Cost(ProgressSnapshot progress) =>
        Dollars(progress.Usage.Paid) + (progress.ProjectedCost is > 0 and var cost ? $" of {Dollars(cost)} projected" : "");

    /// <summary>"48.2 calls/s, 430 in flight, 12 waiting, 3 × 429, 52,000 tokens/s".</summary>
    public static string Calls(LlmActivity activity) => string.Create(
        CultureInfo.InvariantCulture,
        $"{activity.CallsPerSecond:0.0} calls/s, {activity.InFlight:N0} in flight, {activity.Waiting:N0} waiting, {activity.RateLimited:N0} × 429, {activity.TokensPerSecond:N0} tokens/s");

    /// <summary>"near-duplicate" for NearDuplicate.</summary>
    public static string Reason(RejectionReason reason) => WordStart().Replace(reason.ToString(), "-").ToLowerInvariant();

    /// <summary>"5 (near-duplicate 3, misaligned 2)"; "0" for none.</summary>
    public static string Rejected(ProgressSnapshot progress) => progress.Rejected == 0
        ? "0"
        : $"{Count(progress.Rejected)} ({string.Join(", ", progress.Rejections.Select(each => $"{Reason(each.Reason)} {Count(each.Count)}"))})";

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex WordStart();
}
