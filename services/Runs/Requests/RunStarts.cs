using DialogueMesh.Balancing.Planning;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Llm.Pricing;
using DialogueMesh.Runs.Forecasts;
using DialogueMesh.Scenario.Inputs;

namespace DialogueMesh.Runs.Requests;

/// <summary>From a spec to the message that starts its run.</summary>
public static class RunStarts
{
    /// <param name="price">Of the model; null where none is known.</param>
    public static StartRun Of(RunRequest request, RunSpec spec, RunInputs inputs, ModelPrice? price)
    {
        var plan = RunPlan.Create(spec, Totals(spec, request.TotalGenerations));
        var (forecast, candidateCost) = RunForecasts.Of(spec, plan, inputs, price);
        return new StartRun
        {
            RunId = RunSpecId.Of(spec),
            Spec = spec,
            Limits = request.Limits with { CandidateCost = candidateCost },
            Total = request.TotalGenerations,
            Forecast = forecast,
        };
    }

    /// <summary>The initial total, and that of this start where it is larger.</summary>
    public static IReadOnlyList<int> Totals(RunSpec spec, int total) => total > spec.InitialTotal ? [spec.InitialTotal, total] : [spec.InitialTotal];
}
