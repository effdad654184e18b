using System.Globalization;
using DialogueMesh.Balancing.Planning;
using DialogueMesh.Cli.Options;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Generation.Prompts;
using DialogueMesh.Llm.Pricing;
using DialogueMesh.Scenario.Blueprints;
using Spectre.Console;

namespace DialogueMesh.Cli.Embedded;

/// <summary>The plan's marginals and what it will take, without a call.</summary>
internal static class DryRun
{
    /// <summary>Characters a token, as English text has on average.</summary>
    private const double CharactersPerToken = 4;

    /// <summary>Tokens of an answer for each exchange, and for the scenario; measured on the simulator's answers.</summary>
    private const int TokensPerExchange = 62;
    private const int TokensOfScenario = 80;

    /// <summary>Answers for each accepted dialogue: at best none is turned down; at worst what the replaced script lost (18 %).</summary>
    private const double WorstAnswersPerDialogue = 1.22;
    private const int Prompts = 50;

    public static void Write(IAnsiConsole console, GenerateSettings settings, RunSpec spec, RunInputs inputs, CancellationToken cancellationToken)
    {
        var plan = RunPlan.Create(spec, Totals(spec, settings.TotalGenerations));
        var cells = new List<Cell>(plan.Count);
        for (var ordinal = 0; ordinal < plan.Count; ordinal++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            cells.Add(plan.Cell(ordinal));
        }

        console.WriteLine($"Plan of {plan.Count} dialogues (run {RunSpecId.Of(spec)}, seed {spec.Seed}); nothing is called or written.");
        foreach (var (dimension, counts) in PlanMarginals.Of(cells))
        {
            console.WriteLine();
            console.WriteLine($"{dimension} ({counts.Count})");
            foreach (var (value, count) in counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal))
            {
                console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {value,-44} {count,7} {100.0 * count / plan.Count,6:F1} %"));
            }
        }

        Forecast(console, spec, cells, inputs);
    }

    private static IReadOnlyList<int> Totals(RunSpec spec, int total) => total > spec.InitialTotal ? [spec.InitialTotal, total] : [spec.InitialTotal];

    private static void Forecast(IAnsiConsole console, RunSpec spec, List<Cell> cells, RunInputs inputs)
    {
        var maker = new BlueprintMaker(inputs.Ontology, inputs.Corpus, inputs.Personas);
        var step = Math.Max(1, cells.Count / Prompts);
        var samples = cells.Where((_, i) => i % step == 0).Select(cell => Tokens(spec, cell, maker)).ToList();
        var (input, output) = (samples.Average(sample => sample.Input), samples.Average(sample => sample.Output));
        console.WriteLine();
        console.WriteLine("Forecast");
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  calls        {cells.Count:N0} to {cells.Count * WorstAnswersPerDialogue:N0}, and as many to the moderation endpoint"));
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  tokens in    {cells.Count * input:N0} to {cells.Count * input * WorstAnswersPerDialogue:N0}"));
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  tokens out   {cells.Count * output:N0} to {cells.Count * output * WorstAnswersPerDialogue:N0}"));
        console.WriteLine($"  cost         {Cost(spec, cells.Count * input, cells.Count * output)}");
    }

    private static (double Input, double Output) Tokens(RunSpec spec, Cell cell, BlueprintMaker maker)
    {
        var plan = new PlanDialogue { RunId = "", Ordinal = cell.Ordinal, Attempt = 0, Seed = spec.Seed, Mode = spec.Mode, Model = spec.Model, Cell = cell };
        var message = new BlueprintReady
        {
            RunId = "",
            Ordinal = cell.Ordinal,
            Attempt = 0,
            Seed = spec.Seed,
            Mode = spec.Mode,
            Model = spec.Model,
            Blueprint = maker.Make(plan),
        };
        var request = spec.Mode == GenerationMode.Outline ? OutlinePrompt.Of(message) : FreeformPrompt.Of(message);
        var exchanges = spec.Mode == GenerationMode.Outline ? message.Blueprint.Outline.Count : (cell.Turns.Min + cell.Turns.Max) / 2.0;
        return ((request.System.Length + request.User.Length + request.Schema.Length) / CharactersPerToken, TokensOfScenario + (TokensPerExchange * exchanges));
    }

    private static string Cost(RunSpec spec, double input, double output)
    {
        var prices = PriceTable.Load(Path.Combine(Commands.ShippedData.Folder, "prices.json"));
        return prices.Find(spec.Endpoint, spec.Model) is { } price
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"${price.Of((long)input, (long)output):F2} to ${price.Of((long)(input * WorstAnswersPerDialogue), (long)(output * WorstAnswersPerDialogue)):F2} ({spec.Model} at {spec.Endpoint})")
            : $"unknown: {spec.Model} is not in data/prices.json";
    }
}
