using System.Globalization;
using Spectre.Console;

namespace DialogueMesh.Cli.Display;

/// <summary>Progress for files and pipes: a line every few seconds, and one at the end.</summary>
internal static class PlainDisplay
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(IAnsiConsole console, RunProgress progress, TimeProvider time, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                console.WriteLine(Line(progress.Snapshot(), time.GetLocalNow()));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            console.WriteLine(Line(progress.Snapshot(), time.GetLocalNow()));
        }
    }

    public static string Line(ProgressSnapshot progress, DateTimeOffset localTime)
    {
        var stamp = localTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        return progress.Total == 0
            ? $"[{stamp}] opening the run, {Figures.Duration(progress.Elapsed)} so far"
            : $"[{stamp}] {Figures.Count(progress.Accepted)}/{Figures.Count(progress.Total)} accepted, {Figures.Rate(progress.Rate)}, "
                + $"ETA {Figures.Eta(progress.Remaining)}, rejected {Figures.Rejected(progress)}, "
                + $"{Figures.Count(progress.Tokens)} tokens, {Figures.Cost(progress)}"
                + (progress.Activity is { } activity ? $", {Figures.Calls(activity)}" : "");
    }
}
