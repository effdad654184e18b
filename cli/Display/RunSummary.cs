using System.Globalization;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.ServiceDefaults.Logging;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace DialogueMesh.Cli.Display;

/// <summary>What is said when a run has ended.</summary>
internal static class RunSummary
{
    /// <summary>How a run that ended early goes on, as the end of "Go on …".</summary>
    private const string Resume = "with --resume";

    // As Dataset names them; the other dimensions have too many values for a table.
    private static readonly (string Dimension, string Title)[] Tables =
        [("service_count", "Services"), ("resolution_status", "Resolution"), ("time_slot", "Time slot")];

    public static void Write(IAnsiConsole console, ProgressSnapshot progress, RunEnd end, string goOn = Resume)
    {
        console.WriteLine();
        console.WriteLine(Outcome(progress, end, goOn));
        console.WriteLine(
            $"Rejected {Figures.Rejected(progress)}; {Figures.Count(progress.Candidates)} candidates, {Figures.Count(progress.Usage.Calls)} calls, "
            + $"{Figures.Count(progress.Usage.PromptTokens)} tokens in, {Figures.Count(progress.Usage.CompletionTokens)} out, {Figures.Dollars(progress.Usage.Cost)}");
        if (progress.Usage.CacheHits > 0)
        {
            console.WriteLine(
                $"{Figures.Count(progress.Usage.CacheHits)} answers from the cache: {Figures.Dollars(progress.Usage.Paid)} paid now, "
                + $"{Figures.Dollars(progress.Usage.Cost)} as first paid");
        }

        if (end is RunEnd.Written(var written))
        {
            Marginals(console, written.Marginals);
            Files(console, written.Files);
        }
    }

    public static string Outcome(ProgressSnapshot progress, RunEnd end, string goOn = Resume)
    {
        var count = $"{Figures.Count(progress.Accepted)} of {Figures.Count(progress.Total)} dialogues accepted in {Figures.Duration(progress.Elapsed)}";
        return end switch
        {
            RunEnd.Written { Message: { Outcome: RunOutcome.Complete } } =>
                $"Complete: {Figures.Count(progress.Accepted)} dialogues accepted in {Figures.Duration(progress.Elapsed)}.",
            RunEnd.Written { Message: { Outcome: RunOutcome.Incomplete } message } =>
                $"Incomplete: {count}. {Sentence(message.Detail)}Go on {goOn} and a larger --max_candidates or --max_cost.",
            RunEnd.Written { Message: { } message } => $"Stopped by a fault: {count}. {Sentence(message.Detail)}Go on {goOn}.",
            RunEnd.Faulted(var message) => $"Stopped by a fault: {count}. {Sentence(message)}Go on {goOn}.",
            _ => $"Interrupted: {count}. What arrived is in the journal; go on {goOn}.",
        };
    }

    /// <summary>A dimension without a table in a line: "scenario_category: 48 values, 1–3 dialogues each".</summary>
    public static string Spread(string dimension, IReadOnlyDictionary<string, int> counts)
    {
        var (least, greatest) = (counts.Values.Min(), counts.Values.Max());
        var each = least == greatest ? Figures.Count(least) : $"{Figures.Count(least)}–{Figures.Count(greatest)}";
        return $"{LogLine.OneLine(dimension)}: {Figures.Count(counts.Count)} {(counts.Count == 1 ? "value" : "values")}, {each} {(greatest == 1 ? "dialogue" : "dialogues")} each";
    }

    private static string Sentence(string detail) => detail.Length == 0 ? "" : LogLine.OneLine(detail).TrimEnd('.', ' ') + ". ";

    private static void Marginals(IAnsiConsole console, IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> marginals)
    {
        var tables = Tables
            .Where(table => marginals.TryGetValue(table.Dimension, out var counts) && counts.Count > 0)
            .Select(IRenderable (table) => TableOf(table.Title, marginals[table.Dimension]))
            .ToArray();
        if (tables.Length > 0)
        {
            console.WriteLine();
            console.Write(new Columns(tables) { Expand = false });
        }

        var others = marginals.Where(pair => pair.Value.Count > 0 && !Tables.Any(table => table.Dimension == pair.Key));
        foreach (var (dimension, counts) in others.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            console.WriteLine(Spread(dimension, counts));
        }
    }

    private static Table TableOf(string title, IReadOnlyDictionary<string, int> counts)
    {
        var all = Math.Max(1, counts.Values.Sum());
        var table = new Table().Border(TableBorder.Simple)
            .AddColumn(new TableColumn(new Text(title)).NoWrap())
            .AddColumn(new TableColumn(new Text("Dialogues")).RightAligned())
            .AddColumn(new TableColumn(new Text("%")).RightAligned());
        foreach (var (value, count) in counts)
        {
            var percent = (100.0 * count / all).ToString("0.0", CultureInfo.InvariantCulture);
            table.AddRow(new Text(LogLine.OneLine(value)), new Text(Figures.Count(count)), new Text(percent));
        }

        return table;
    }

    private static void Files(IAnsiConsole console, IReadOnlyList<string> files)
    {
        if (files.Count > 0)
        {
            console.WriteLine();
            console.WriteLine("Files");
            foreach (var file in files)
            {
                console.Write(new RawLine("  " + LogLine.OneLine(file)));
            }
        }
    }
}
