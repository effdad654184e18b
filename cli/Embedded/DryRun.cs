using System.Globalization;
using DialogueMesh.Balancing.Planning;
using DialogueMesh.Cli.Options;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Llm.Pricing;
using DialogueMesh.Runs.Forecasts;
using DialogueMesh.Runs.Requests;
using DialogueMesh.Scenario.Inputs;
using Spectre.Console;

namespace DialogueMesh.Cli.Embedded;

/// <summary>The plan's marginals and what it will take, without a call.</summary>
internal static class DryRun
{
    /// <param name="price">Null where the table has none.</param>
    public static void Write(
        IAnsiConsole console, GenerateSettings settings, RunSpec spec, RunInputs inputs, ModelPrice? price, CancellationToken cancellationToken)
    {
        var plan = RunPlan.Create(spec, RunStarts.Totals(spec, settings.TotalGenerations));
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

        Write(console, spec, RunForecasts.Of(spec, plan, inputs, price).Run, isPriced: price is not null);
    }

    private static void Write(IAnsiConsole console, RunSpec spec, RunForecast forecast, bool isPriced)
    {
        console.WriteLine();
        console.WriteLine("Forecast");
        console.WriteLine($"  calls        {Text(forecast.Calls, "N0")}, and as many to the moderation endpoint");
        console.WriteLine($"  tokens in    {Text(forecast.PromptTokens, "N0")}");
        console.WriteLine($"  tokens out   {Text(forecast.CompletionTokens, "N0")}");
        console.WriteLine(isPriced
            ? $"  cost         ${Text(forecast.Cost, "F2", "$")} ({spec.Model} at {spec.Endpoint})"
            : $"  cost         unknown: {spec.Model} is not in the price table");
    }

    private static string Text(Interval interval, string format, string unit = "") => string.Create(
        CultureInfo.InvariantCulture, $"{interval.Low.ToString(format, CultureInfo.InvariantCulture)} to {unit}{interval.High.ToString(format, CultureInfo.InvariantCulture)}");
}
