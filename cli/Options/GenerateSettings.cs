using DialogueMesh.Contracts.Runs;
using DialogueMesh.Llm;

namespace DialogueMesh.Cli.Options;

/// <summary>Whether candidates are sent to the moderation endpoint; the structure policies always judge them.</summary>
internal enum ModerationMode
{
    Endpoint,
    Off,
}

/// <summary>What the user asked generate for. Null or empty where the default depends on something else.</summary>
internal sealed record GenerateSettings
{
    /// <summary>0 only together with <see cref="TestExtraction"/>.</summary>
    public int TotalGenerations { get; init; }

    public string OutputFile { get; init; } = "generated_dialogues.json";

    public string HashFile { get; init; } = "dialogue_hashes.json";

    public string EmbeddingFile { get; init; } = "dialogue_embeddings.npy";

    /// <summary>A raw cosine; null is the encoder's own default.</summary>
    public double? SimilarityThreshold { get; init; }

    /// <summary>builtin or a folder; null is the transformer in the default folder where one is, else builtin.</summary>
    public string? Encoder { get; init; }

    /// <summary>Files of earlier dialogues that no new one may resemble.</summary>
    public IReadOnlyList<string> Against { get; init; } = [];

    /// <summary>Null is the default data set.</summary>
    public string? DatasetName { get; init; }

    public string? DatasetPath { get; init; }

    public IntRange MinTurns { get; init; } = new(5, 10);

    public IntRange MaxTurns { get; init; } = new(7, 20);

    public IReadOnlyList<double> Temperature { get; init; } = [0.7, 0.8, 0.9, 1.0];

    public IReadOnlyList<double> TopP { get; init; } = [0.8, 0.85, 0.9, 0.95, 1.0];

    public IReadOnlyList<double> FrequencyPenalty { get; init; } = [0.0, 0.2, 0.4, 0.6, 0.7];

    public IReadOnlyList<double> PresencePenalty { get; init; } = [0.0, 0.2, 0.4, 0.6, 0.7];

    public bool TestExtraction { get; init; }

    public int ExtractionIndex { get; init; }

    public long Seed { get; init; } = 42;

    public GenerationMode Mode { get; init; } = GenerationMode.Outline;

    /// <summary>Null is the sample's personas.</summary>
    public string? Personas { get; init; }

    /// <summary>A folder whose services and regions are added to the built-in ones.</summary>
    public string? Ontology { get; init; }

    /// <summary>Empty is all, as with the next three.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    public IReadOnlyList<string> Regions { get; init; } = [];

    public IReadOnlyList<string> Resolutions { get; init; } = [];

    public IReadOnlyList<string> Emotions { get; init; } = [];

    public string Model { get; init; } = "gpt-4o-mini";

    public Uri? Endpoint { get; init; }

    /// <summary>Azure's; null where the endpoint is none of Azure, or its /openai/v1.</summary>
    public string? ApiVersion { get; init; }

    public ModerationMode Moderation { get; init; } = ModerationMode.Endpoint;

    /// <summary>Null is as many as the server is good for.</summary>
    public int? MaxParallel { get; init; }

    /// <summary>Requests in any 60 seconds; null, as with the next three, is what the server says.</summary>
    public long? Rpm { get; init; }

    public long? Tpm { get; init; }

    public long? InputTpm { get; init; }

    public long? OutputTpm { get; init; }

    public long? MaxCandidates { get; init; }

    /// <summary>US dollars; null is no limit.</summary>
    public decimal? MaxCost { get; init; }

    /// <summary>Null is the table that comes with the program.</summary>
    public string? Prices { get; init; }

    public int BatchSize { get; init; } = 100;

    /// <summary>Null is the user's, or none for the built-in simulator.</summary>
    public string? CacheFile { get; init; }

    public bool NoCache { get; init; }

    public bool Resume { get; init; }

    public bool DryRun { get; init; }

    /// <summary>Ten answers for each dialogue asked for, and never fewer than 100, unless said otherwise.</summary>
    public long CandidateLimit => MaxCandidates ?? Math.Max(100, 10L * TotalGenerations);

    public int Parallel => MaxParallel ?? LlmOptions.DefaultMaxParallel;

    public RunLimits Limits => new()
    {
        MaxParallel = Parallel,
        MaxCandidates = CandidateLimit,
        MaxCost = MaxCost,
        BatchSize = BatchSize,
    };
}

/// <summary>Which seed dialogue to print.</summary>
internal sealed record ExtractSettings(int Index, string? DatasetName, string? DatasetPath);

/// <summary>What measure asks for.</summary>
/// <param name="Paths">At least one.</param>
/// <param name="Reference">Null for the sample.</param>
/// <param name="Tokens">At least 1.</param>
/// <param name="JsonFile">Null for none.</param>
internal sealed record MeasureSettings(IReadOnlyList<string> Paths, string? Reference, int Tokens, string? JsonFile);
