namespace DialogueMesh.Cli.Display;

/// <summary>Shows a run while it goes on.</summary>
internal static class RunDisplay
{
    /// <summary>Live on a terminal, as lines elsewhere; returns after a last picture when <paramref name="stop"/> is cancelled.</summary>
    public static Task ShowAsync(Terminal terminal, RunProgress progress, TimeProvider time, CancellationToken stop) => terminal.IsLive
        ? LiveDisplay.RunAsync(terminal.Console, progress, time, stop)
        : PlainDisplay.RunAsync(terminal.Console, progress, time, stop);
}
