using DialogueMesh.Runs.Requests;
using DialogueMesh.Scenario.Inputs;

namespace DialogueMesh.Cli.Options;

/// <summary>Whether candidates are sent to the moderation endpoint; the structure policies always judge them.</summary>
internal enum ModerationMode
{
    Endpoint,
    Off,
}

/// <summary>What the user asked generate for. Null or empty where the default depends on something else.</summary>
internal sealed record GenerateSettings : RunRequest
{
    public string OutputFile { get; init; } = "generated_dialogues.json";

    public string HashFile { get; init; } = "dialogue_hashes.json";

    public string EmbeddingFile { get; init; } = "dialogue_embeddings.npy";

    /// <summary>builtin or a folder; null is the transformer in the default folder where one is, else builtin.</summary>
    public string? Encoder { get; init; }

    /// <summary>Files of earlier dialogues that no new one may resemble.</summary>
    public IReadOnlyList<string> Against { get; init; } = [];

    /// <summary>Null is the default data set.</summary>
    public string? DatasetName { get; init; }

    public string? DatasetPath { get; init; }

    public bool TestExtraction { get; init; }

    public int ExtractionIndex { get; init; }

    /// <summary>Null is the sample's personas.</summary>
    public string? Personas { get; init; }

    /// <summary>A folder whose services and regions are added to the built-in ones.</summary>
    public string? Ontology { get; init; }

    public Uri? Endpoint { get; init; }

    /// <summary>Azure's; null where the endpoint is none of Azure, or its /openai/v1.</summary>
    public string? ApiVersion { get; init; }

    public ModerationMode Moderation { get; init; } = ModerationMode.Endpoint;

    /// <summary>Requests in any 60 seconds; null, as with the next three, is what the server says.</summary>
    public long? Rpm { get; init; }

    public long? Tpm { get; init; }

    public long? InputTpm { get; init; }

    public long? OutputTpm { get; init; }

    /// <summary>Null is the table that comes with the program.</summary>
    public string? Prices { get; init; }

    /// <summary>Null is the user's, or none for the built-in simulator.</summary>
    public string? CacheFile { get; init; }

    public bool NoCache { get; init; }

    /// <summary>The console of a mesh that carries the run out; null is this process.</summary>
    public Uri? Mesh { get; init; }

    public bool Resume { get; init; }

    public bool DryRun { get; init; }

    public InputOptions Inputs => new() { DatasetName = DatasetName, DatasetPath = DatasetPath, Personas = Personas, Ontology = Ontology };
}

/// <summary>Which seed dialogue to print.</summary>
internal sealed record ExtractSettings(int Index, string? DatasetName, string? DatasetPath);

/// <summary>What measure asks for.</summary>
/// <param name="Paths">At least one.</param>
/// <param name="Reference">Null for the sample.</param>
/// <param name="Tokens">At least 1.</param>
/// <param name="JsonFile">Null for none.</param>
internal sealed record MeasureSettings(IReadOnlyList<string> Paths, string? Reference, int Tokens, string? JsonFile);
