using System.Globalization;
using DialogueMesh.Measures;
using DialogueMesh.Measures.Diversity;
using DialogueMesh.ServiceDefaults.Logging;
using Spectre.Console;

namespace DialogueMesh.Cli.Display;

/// <summary>Measures as tables, a column a corpus, the reference last.</summary>
internal static class MeasureTables
{
    private const string None = "–";
    private const int LongestShown = 90;
    private const int CommonestShown = 5;
    private const int ActPairsShown = 15;

    public static void Write(IAnsiConsole console, MeasureReport report)
    {
        IReadOnlyList<CorpusReport> columns = [.. report.Corpora, report.Reference];
        console.Write(Figures(report, columns));
        Notes(console, report, columns);
        if (columns.Any(c => c.Acts is not null))
        {
            console.WriteLine();
            console.Write(ActPairs(columns));
        }

        foreach (var corpus in columns)
        {
            console.WriteLine();
            console.WriteLine(LogLine.OneLine(corpus.Name));
            Commonest(console, corpus);
        }
    }

    private static Table Figures(MeasureReport report, IReadOnlyList<CorpusReport> columns)
    {
        var table = Headed("Measure", columns);
        Row("dialogues", c => Whole(c.Dialogues));
        foreach (var (name, of) in new (string, Func<CorpusReport, SpeakerReport>)[] { ("user", c => c.User), ("system", c => c.System) })
        {
            table.AddEmptyRow();
            Row($"{name}: utterances", c => Whole(of(c).Utterances));
            Row("  words per utterance", c => Number(of(c).WordsPerUtterance, "0.0"));
            Row("  distinct-1", c => Sampled(of(c), of(c).Distinct1, "0.000"));
            Row("  distinct-2", c => Sampled(of(c), of(c).Distinct2, "0.000"));
            Row("  distinct-3", c => Sampled(of(c), of(c).Distinct3, "0.000"));
            Row("  bigram entropy, bits", c => Sampled(of(c), of(c).BigramEntropy, "0.00"));
            Row("  repeated word for word", c => Percent(of(c).RepeatedShare));
            Row("  dialogues beginning with the same three words", c => Percent(of(c).OpeningWords.Select(f => f.Share).FirstOrDefault()));
            Row("  dialogues sharing a first utterance", c => Whole(of(c).SharedOpening));
            Row("  dialogues sharing a last utterance", c => Whole(of(c).SharedClosing));
        }

        table.AddEmptyRow();
        Row("against the reference: its dialogues", c => Whole(c.Comparison.Dialogues));
        Row("  dialogues copied whole", c => Whole(c.Comparison.CopiedDialogues));
        Row("  8-grams found there", c => $"{Whole(c.Comparison.Overlap.Found)} = {Percent(c.Comparison.Overlap.Share)}");
        Row("  longest run found there, words", c => Whole(c.Comparison.Overlap.LongestRun));
        Row("  act pairs, divergence in bits", c => Number(c.Comparison.ActDivergence, "0.00"));
        Row("  AUC, one user utterance", c => Number(c.Comparison.Classifier?.UserUtterances, "0.00"));
        Row("  AUC, one system utterance", c => Number(c.Comparison.Classifier?.SystemUtterances, "0.00"));
        Row("  AUC, a dialogue", c => Number(c.Comparison.Classifier?.Dialogues, "0.00"));
        return table;

        void Row(string name, Func<CorpusReport, string> value) => Fill(table, name, columns.Select(value));

        string Sampled(SpeakerReport speaker, double value, string format) =>
            Number(value, format) + (speaker.Tokens < report.Tokens ? "*" : "");
    }

    private static void Notes(IAnsiConsole console, MeasureReport report, IReadOnlyList<CorpusReport> columns)
    {
        var fewest = columns.SelectMany(c => new[] { c.User.Tokens, c.System.Tokens }).Min();
        if (fewest < report.Tokens)
        {
            console.WriteLine(
                $"* of fewer than {Whole(report.Tokens)} words, which makes distinct-n higher and entropy lower: compare with --tokens {fewest}");
        }

        console.WriteLine(
            $"{LogLine.OneLine(report.Reference.Name)} is the reference; its figures against it are one half's against the other: the floor of real against real.");
    }

    /// <summary>The pairs commonest over all columns.</summary>
    private static Table ActPairs(IReadOnlyList<CorpusReport> columns)
    {
        var table = Headed("Acts of the user → of the answer, %", columns);
        var shares = columns.Select(c => c.Acts?.Distribution.ToDictionary(f => f.Text, f => f.Share, StringComparer.Ordinal)).ToList();
        var pairs = shares.OfType<Dictionary<string, double>>().SelectMany(s => s).GroupBy(s => s.Key, s => s.Value, StringComparer.Ordinal)
            .OrderByDescending(g => g.Sum()).ThenBy(g => g.Key, StringComparer.Ordinal).Take(ActPairsShown);
        foreach (var pair in pairs)
        {
            Fill(table, pair.Key, shares.Select(s => Number(100 * s?.GetValueOrDefault(pair.Key), "0.0")));
        }

        return table;
    }

    private static void Commonest(IAnsiConsole console, CorpusReport corpus)
    {
        foreach (var (name, speaker) in new[] { ("User", corpus.User), ("System", corpus.System) })
        {
            Line($"  {name} begins with: ", speaker.OpeningWords);
            Line($"  {name} opens: ", speaker.Openings);
            Line($"  {name} closes: ", speaker.Closings);
        }

        if (corpus.Comparison.Overlap.LongestText is { Length: > 0 } run)
        {
            console.WriteLine($"  Longest run: {Cut(run)}");
        }

        void Line(string head, IReadOnlyList<Frequency> texts) => console.WriteLine(
            head + string.Join("; ", texts.Take(CommonestShown).Select(f => $"\"{Cut(f.Text)}\" {Whole(f.Count)} ({Percent(f.Share)})")));
    }

    private static Table Headed(string first, IReadOnlyList<CorpusReport> columns)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn(new Text(first)));
        foreach (var corpus in columns)
        {
            table.AddColumn(new TableColumn(new Text(LogLine.OneLine(corpus.Name))).RightAligned());
        }

        return table;
    }

    private static void Fill(Table table, string name, IEnumerable<string> values) =>
        table.AddRow([new Text(name), .. values.Select(value => new Text(value))]);

    private static string Whole(int value) => Display.Figures.Count(value);

    private static string Percent(double share) => Number(100 * share, "0.0") + " %";

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? None;

    private static string Cut(string text) =>
        LogLine.OneLine(text) is var line && line.Length > LongestShown ? line[..LongestShown].TrimEnd() + "…" : line;
}
