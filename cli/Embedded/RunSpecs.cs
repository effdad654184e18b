using DialogueMesh.Cli.Credentials;
using DialogueMesh.Cli.Options;
using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Dataset.Files;
using DialogueMesh.Embedding;
using DialogueMesh.Generation.Prompts;

namespace DialogueMesh.Cli.Embedded;

/// <summary>From what the user asked for to the run's spec.</summary>
internal static class RunSpecs
{
    /// <summary>The built-in one's name as an endpoint.</summary>
    public const string Simulator = "simulator";

    /// <param name="initialTotal">What the run was started with; the total asked for unless it is resumed.</param>
    /// <param name="against">Digests of the earlier datasets; null where there are none.</param>
    public static RunSpec Of(GenerateSettings settings, RunInputs inputs, ModelEndpoint endpoint, ITextEncoder encoder, int initialTotal, IReadOnlyList<string>? against = null) => new()
    {
        InitialTotal = initialTotal,
        Seed = settings.Seed,
        Mode = settings.Mode,
        MinTurns = settings.MinTurns,
        MaxTurns = settings.MaxTurns,
        Temperature = settings.Temperature,
        TopP = settings.TopP,
        FrequencyPenalty = settings.FrequencyPenalty,
        PresencePenalty = settings.PresencePenalty,
        Dimensions = SpecFilters.Apply(inputs.Ontology.Dimensions(), settings),
        Model = settings.Model,
        Endpoint = NameOf(endpoint),
        PromptVersion = PromptText.Version,
        SimilarityThreshold = settings.SimilarityThreshold ?? encoder.DefaultThreshold,
        Encoder = encoder.Id,
        Against = against,
        Sources = new SourceHashes(inputs.Corpus.Sha256, inputs.Personas.Sha256, inputs.Ontology.Sha256),
    };

    /// <summary>How hashes, provenance and the price table call the endpoint.</summary>
    public static string NameOf(ModelEndpoint endpoint) => endpoint switch
    {
        ModelEndpoint.OpenAI => ModelEndpoint.OpenAIAddress.Host,
        ModelEndpoint.Azure { Address: var address } => address.Host,
        ModelEndpoint.Compatible { Address: var address } => address.Host,
        _ => Simulator,
    };

    /// <summary>What the run was begun with, or the total asked for where it is new.</summary>
    /// <exception cref="InputException">Less is asked for than the run already has.</exception>
    public static int InitialTotal(GenerateSettings settings, StartedRun? started)
    {
        if (!settings.Resume || started is null)
        {
            return settings.TotalGenerations;
        }

        return settings.TotalGenerations >= started.Total
            ? started.Spec.InitialTotal
            : throw new InputException(
                $"--total_generations {settings.TotalGenerations} is less than the {started.Total} of the run that lies there; ask for at least as many to resume it");
    }
}
