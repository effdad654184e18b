using System.Text.Json.Serialization;

namespace DialogueMesh.Contracts.Runs;

/// <summary>How a dialogue's words come about: from a planned outline of acts, or from a free prompt.</summary>
public enum GenerationMode
{
    Outline,
    Freeform,
}

/// <summary>Inclusive bounds.</summary>
public readonly record struct IntRange(int Min, int Max);

/// <summary>A value and its share of the run, before normalisation.</summary>
public sealed record Share(string Value, double Weight);

/// <summary>Services that make sense in one dialogue, with their share among all combinations, before normalisation.</summary>
public sealed record ServiceCombination(IReadOnlyList<string> Services, double Weight);

/// <summary>
/// Everything that decides the content of a run. Equal specs give equal datasets, so the run's id is the spec's hash
/// (<see cref="RunSpecId"/>); what only decides how fast or how far a run goes is in <see cref="RunLimits"/>.
/// </summary>
public sealed record RunSpec
{
    /// <summary>Dialogues the run was started with; a later extension keeps these cells and adds to them.</summary>
    public required int InitialTotal { get; init; }

    public required long Seed { get; init; }

    public GenerationMode Mode { get; init; } = GenerationMode.Outline;

    /// <summary>The range from which each dialogue's minimum of exchanges is drawn.</summary>
    public IntRange MinTurns { get; init; } = new(5, 10);

    /// <summary>The range of each dialogue's maximum: [max(Min, its own minimum), Max].</summary>
    public IntRange MaxTurns { get; init; } = new(7, 20);

    /// <summary>Values that the dialogues take in turn; none where the model does not take the parameter, as with the next three.</summary>
    public IReadOnlyList<double> Temperature { get; init; } = [0.7, 0.8, 0.9, 1.0];

    public IReadOnlyList<double> TopP { get; init; } = [0.8, 0.85, 0.9, 0.95, 1.0];

    public IReadOnlyList<double> FrequencyPenalty { get; init; } = [0.0, 0.2, 0.4, 0.6, 0.7];

    public IReadOnlyList<double> PresencePenalty { get; init; } = [0.0, 0.2, 0.4, 0.6, 0.7];

    /// <summary>The model does not take a seed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool OmitsSeed { get; init; }

    /// <summary>The plan's dimensions after filters, as the ontology gives them.</summary>
    public required PlanDimensions Dimensions { get; init; }

    public required string Model { get; init; }

    /// <summary>The endpoint's host, or "simulator".</summary>
    public required string Endpoint { get; init; }

    public required string PromptVersion { get; init; }

    /// <summary>Cosine at or above which two dialogues count as near-duplicates, in (0, 1].</summary>
    public required double SimilarityThreshold { get; init; }

    public required EncoderId Encoder { get; init; }

    /// <summary>SHA-256 of the earlier datasets that no dialogue may resemble, ascending; absent where there are none.</summary>
    public IReadOnlyList<string>? Against { get; init; }

    /// <summary>SHA-256 of the seed corpus, the personas and the ontology, in hexadecimal.</summary>
    public required SourceHashes Sources { get; init; }
}

/// <summary>The encoder whose vectors decide what is a near-duplicate.</summary>
public sealed record EncoderId(string Name, int Dimension, string Sha256);

/// <summary>Digests of what a run reads, lower-case hexadecimal SHA-256.</summary>
public sealed record SourceHashes(string Corpus, string Personas, string Ontology);

/// <summary>The values that cells are drawn from and their target shares.</summary>
public sealed record PlanDimensions
{
    /// <summary>Shares of dialogues with 1, 2, 3, 4 services, before normalisation over the sizes that occur.</summary>
    public IReadOnlyList<double> ServiceCounts { get; init; } = [0.30, 0.40, 0.20, 0.10];

    public required IReadOnlyList<ServiceCombination> Combinations { get; init; }

    /// <summary>Category names (without the service) of each service, "general" among them.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Categories { get; init; }

    /// <summary>Share of dialogues whose category is one of "general", in [0, 1].</summary>
    public double GeneralShare { get; init; } = 0.12;

    public required IReadOnlyList<string> Regions { get; init; }

    public required IReadOnlyList<string> TimeSlots { get; init; }

    public required IReadOnlyList<Share> Resolutions { get; init; }

    public required IReadOnlyList<string> UserEmotions { get; init; }

    public required IReadOnlyList<string> AssistantEmotions { get; init; }
}

/// <summary>What bounds a run without deciding its content.</summary>
public sealed record RunLimits
{
    /// <summary>Generation calls in flight at once.</summary>
    public required int MaxParallel { get; init; }

    /// <summary>Candidates (answers of the model, accepted or not) over the whole run.</summary>
    public required long MaxCandidates { get; init; }

    /// <summary>US dollars paid over the whole run; null is no limit.</summary>
    public decimal? MaxCost { get; init; }

    /// <summary>US dollars set aside for a candidate until it is known what it cost; more, once one has cost more.</summary>
    public decimal CandidateCost { get; init; }

    /// <summary>Accepted dialogues between two durable saves.</summary>
    public required int BatchSize { get; init; }
}
