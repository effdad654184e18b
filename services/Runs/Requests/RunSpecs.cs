using DialogueMesh.Contracts.Runs;
using DialogueMesh.Embedding;
using DialogueMesh.Generation.Prompts;
using DialogueMesh.Scenario.Inputs;

namespace DialogueMesh.Runs.Requests;

/// <summary>From what the user asked for to the run's spec.</summary>
public static class RunSpecs
{
    /// <summary>The built-in one's name as an endpoint.</summary>
    public const string Simulator = "simulator";

    /// <param name="request">What is asked for.</param>
    /// <param name="inputs">What the run reads.</param>
    /// <param name="endpoint">What hashes, provenance and the price table call it: its host, or <see cref="Simulator"/>.</param>
    /// <param name="encoder">Whose vectors decide what is a near-duplicate.</param>
    /// <param name="initialTotal">What the run was started with; the total asked for unless it is resumed.</param>
    /// <param name="against">Digests of the earlier datasets; null where there are none.</param>
    public static RunSpec Of(RunRequest request, RunInputs inputs, string endpoint, ITextEncoder encoder, int initialTotal, IReadOnlyList<string>? against = null) => new()
    {
        InitialTotal = initialTotal,
        Seed = request.Seed,
        Mode = request.Mode,
        MinTurns = request.MinTurns,
        MaxTurns = request.MaxTurns,
        Temperature = request.Temperature,
        TopP = request.TopP,
        FrequencyPenalty = request.FrequencyPenalty,
        PresencePenalty = request.PresencePenalty,
        Dimensions = SpecFilters.Apply(inputs.Ontology.Dimensions(), request),
        Model = request.Model,
        Endpoint = endpoint,
        PromptVersion = PromptText.Version,
        SimilarityThreshold = request.SimilarityThreshold ?? encoder.DefaultThreshold,
        Encoder = encoder.Id,
        Against = against,
        Sources = new SourceHashes(inputs.Corpus.Sha256, inputs.Personas.Sha256, inputs.Ontology.Sha256),
    };
}
