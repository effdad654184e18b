using DialogueMesh.Balancing.Planning;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Generation.Prompts;
using DialogueMesh.Llm.Pricing;
using DialogueMesh.Scenario.Blueprints;
using DialogueMesh.Scenario.Inputs;

namespace DialogueMesh.Runs.Forecasts;

/// <summary>Foretells what a run takes, from the prompts of some of its cells.</summary>
public static class RunForecasts
{
    /// <summary>Prompts that are made for it: the mean's error is then far below what is not known of the model.</summary>
    private const int Prompts = 50;

    /// <summary>Characters a token, as English text has on average; tokenisers differ by the spread.</summary>
    private const double CharactersPerToken = 4;
    private const double InputSpread = 0.15;

    /// <summary>Tokens of an answer for each exchange, and for the scenario; fitted to the simulator's answers.</summary>
    private const int TokensPerExchange = 31;
    private const int TokensPerFreeformExchange = 53;
    private const int TokensOfScenario = 140;

    /// <summary>Models are little terser than the simulator, and may be much wordier.</summary>
    private const double TersestAnswer = 0.75;
    private const double WordiestAnswer = 2.2;

    /// <summary>Answers for each accepted dialogue: at best none is turned down; at worst what the replaced script lost (18 %).</summary>
    private const double WorstAnswersPerDialogue = 1.22;

    /// <param name="price">Of the model; null counts as free.</param>
    /// <returns>Of the whole run, and US dollars that a candidate may cost.</returns>
    public static (RunForecast Run, decimal CandidateCost) Of(RunSpec spec, RunPlan plan, RunInputs inputs, ModelPrice? price)
    {
        var maker = new BlueprintMaker(inputs.Ontology, inputs.Corpus, inputs.Personas);
        var step = Math.Max(1, plan.Count / Prompts);
        var calls = Enumerable.Range(0, Math.Min(Prompts, plan.Count)).Select(i => Tokens(spec, plan.Cell(i * step), maker)).ToList();
        var input = Whole(plan.Count, calls.Average(call => call.Input), 1 - InputSpread, 1 + InputSpread);
        var output = Whole(plan.Count, calls.Average(call => call.Output), TersestAnswer, WordiestAnswer);
        var each = price ?? new ModelPrice(0, 0);
        var run = new RunForecast(
            Whole(plan.Count, 1, 1, 1), input, output,
            new Interval(each.Of((long)input.Low, (long)output.Low), each.Of((long)input.High, (long)output.High)));
        var largest = each.Of(
            (long)(calls.Max(call => call.Input) * (1 + InputSpread)), (long)(calls.Max(call => call.Output) * WordiestAnswer));
        return (run, largest);
    }

    private static Interval Whole(int dialogues, double mean, double least, double most) => new(
        Math.Floor((decimal)(dialogues * mean * least)), Math.Ceiling((decimal)(dialogues * mean * most * WorstAnswersPerDialogue)));

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
        var (request, spoken) = spec.Mode == GenerationMode.Outline
            ? (OutlinePrompt.Of(message), TokensPerExchange * message.Blueprint.Outline.Count)
            : (FreeformPrompt.Of(message), TokensPerFreeformExchange * (cell.Turns.Min + cell.Turns.Max) / 2.0);
        return ((request.System.Length + request.User.Length + request.Schema.Length) / CharactersPerToken, TokensOfScenario + spoken);
    }
}
