using Spectre.Console;
using Spectre.Console.Rendering;

namespace DialogueMesh.Cli.Display;

/// <summary>Progress for a terminal: a bar and the figures below it, redrawn in place.</summary>
internal static class LiveDisplay
{
    private const int BarWidth = 40;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    public static Task RunAsync(IAnsiConsole console, RunProgress progress, TimeProvider time, CancellationToken stop)
    {
        IRenderable Now() => Picture(progress.Snapshot(), console.Profile.Capabilities.Unicode);

        return console.Live(Now()).AutoClear(false).StartAsync(async live =>
        {
            using var timer = new PeriodicTimer(Interval, time);
            try
            {
                while (await timer.WaitForNextTickAsync(stop))
                {
                    live.UpdateTarget(Now());
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                live.UpdateTarget(Now());
            }
        });
    }

    public static IRenderable Picture(ProgressSnapshot progress, bool unicode)
    {
        var figures = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        void Row(string name, string text) => figures.AddRow(new Text(name, new Style(Color.Grey)), new Text(text));

        Row("Rate", $"{Figures.Rate(progress.Rate)}, ETA {Figures.Eta(progress.Remaining)}, {Figures.Duration(progress.Elapsed)} so far");
        Row("Rejected", Figures.Rejected(progress));
        Row("Candidates", $"{Figures.Count(progress.Candidates)}, {Figures.Count(progress.Usage.Calls)} calls, {Figures.Count(progress.Activity?.Retries ?? 0)} retried");
        Row("Tokens", $"{Figures.Count(progress.Usage.PromptTokens)} in, {Figures.Count(progress.Usage.CompletionTokens)} out");
        Row("Cost", Figures.Cost(progress));
        if (progress.Activity is { } activity)
        {
            Row("Model", Figures.Calls(activity));
        }

        return new Rows(Bar(progress, unicode), figures);
    }

    private static Paragraph Bar(ProgressSnapshot progress, bool unicode)
    {
        var share = progress.Total > 0 ? Math.Min(1, (double)progress.Accepted / progress.Total) : 0;
        var done = (int)(share * BarWidth);
        return new Paragraph()
            .Append(new string(unicode ? '━' : '#', done), new Style(Color.Green))
            .Append(new string(unicode ? '━' : '-', BarWidth - done), new Style(Color.Grey23))
            .Append(progress.Total > 0
                ? $" {Figures.Count(progress.Accepted)}/{Figures.Count(progress.Total)} accepted"
                : " opening the run");
    }
}
