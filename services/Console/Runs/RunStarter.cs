using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Embedding;
using DialogueMesh.Llm;
using DialogueMesh.Llm.Checking;
using DialogueMesh.Llm.Pricing;
using DialogueMesh.Runs.Requests;
using DialogueMesh.Scenario.Inputs;
using MassTransit;

namespace DialogueMesh.Console.Runs;

/// <summary>Makes a run of what is asked for, and starts it.</summary>
internal sealed class RunStarter(
    RunInputs inputs, ITextEncoder encoder, LlmOptions model, PriceTable prices, ModelCheck check, IBus bus)
{
    /// <summary>Runs of an equal request are one run: started again, it goes on, or is found done.</summary>
    /// <exception cref="InputException">The request cannot be carried out, or the model cannot be used.</exception>
    public async Task<StartRun> StartAsync(RunRequest request, CancellationToken cancellationToken)
    {
        RunRequestCheck.AtLeast("--total_generations", request.TotalGenerations, 1);
        RunRequestCheck.Validate(request);
        var spec = RunSpecs.Of(request, inputs, model.EndpointName, encoder, request.TotalGenerations);
        TurnBounds.Check(spec, inputs.Ontology);
        var price = prices.Find(spec.Endpoint, spec.Model);
        if (price is null && request.MaxCost is not null)
        {
            throw new InputException($"--max_cost cannot be kept: the price table has no price for {spec.Model}");
        }

        var start = RunStarts.Of(request, await AgreeAsync(spec, cancellationToken), inputs, price);
        await bus.Publish(start, cancellationToken);
        return start;
    }

    // The simulator takes everything.
    private async Task<RunSpec> AgreeAsync(RunSpec spec, CancellationToken cancellationToken)
    {
        if (spec.Endpoint == RunSpecs.Simulator)
        {
            return spec;
        }

        return await check.RunAsync(spec.Model, ModelCheck.Farthest(spec), false, cancellationToken) switch
        {
            CheckOutcome.Ready(var leftOut, _) => SamplingParameters.Without(spec, leftOut),
            CheckOutcome.Unusable(var message) => throw new InputException(message),
            var other => throw new InvalidOperationException($"no way for {other}"),
        };
    }
}
