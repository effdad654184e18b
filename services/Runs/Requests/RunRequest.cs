using DialogueMesh.Contracts.Runs;
using DialogueMesh.Llm;

namespace DialogueMesh.Runs.Requests;

/// <summary>What a run is asked to be: by the options of generate, or by the JSON of POST /runs. Null or empty where the default depends on something else.</summary>
public record RunRequest
{
    public int TotalGenerations { get; init; }

    public long Seed { get; init; } = 42;

    public GenerationMode Mode { get; init; } = GenerationMode.Outline;

    public IntRange MinTurns { get; init; } = new(5, 10);

    public IntRange MaxTurns { get; init; } = new(7, 20);

    public IReadOnlyList<double> Temperature { get; init; } = [0.7, 0.8, 0.9, 1.0];

    public IReadOnlyList<double> TopP { get; init; } = [0.8, 0.85, 0.9, 0.95, 1.0];

    public IReadOnlyList<double> FrequencyPenalty { get; init; } = [0.0, 0.2, 0.4, 0.6, 0.7];

    public IReadOnlyList<double> PresencePenalty { get; init; } = [0.0, 0.2, 0.4, 0.6, 0.7];

    /// <summary>A raw cosine; null is the encoder's calibrated equivalent of 0.9.</summary>
    public double? SimilarityThreshold { get; init; }

    /// <summary>Empty is all, as with the next three.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    public IReadOnlyList<string> Regions { get; init; } = [];

    public IReadOnlyList<string> Resolutions { get; init; } = [];

    public IReadOnlyList<string> Emotions { get; init; } = [];

    public string Model { get; init; } = "gpt-4o-mini";

    /// <summary>Null is as many as the server is good for.</summary>
    public int? MaxParallel { get; init; }

    public long? MaxCandidates { get; init; }

    /// <summary>US dollars; null is no limit.</summary>
    public decimal? MaxCost { get; init; }

    public int BatchSize { get; init; } = 100;

    /// <summary>Ten answers for each dialogue asked for, and never fewer than 100, unless said otherwise.</summary>
    internal long CandidateLimit => MaxCandidates ?? Math.Max(100, 10L * TotalGenerations);

    internal int Parallel => MaxParallel ?? LlmOptions.DefaultMaxParallel;

    internal RunLimits Limits => new()
    {
        MaxParallel = Parallel,
        MaxCandidates = CandidateLimit,
        MaxCost = MaxCost,
        BatchSize = BatchSize,
    };
}
