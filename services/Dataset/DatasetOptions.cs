namespace DialogueMesh.Dataset;

/// <summary>Where a run's files lie.</summary>
public sealed class DatasetOptions
{
    public string OutputFile { get; set; } = "generated_dialogues.json";

    public string HashFile { get; set; } = "dialogue_hashes.json";

    public string EmbeddingFile { get; set; } = "dialogue_embeddings.npy";

    public string ManifestFile { get; set; } = "manifest.json";

    /// <summary>The run's only durable truth: append-only JSON lines.</summary>
    public string JournalFile { get; set; } = "generated_dialogues.journal.jsonl";

    /// <summary>Written by whoever logs; here it is only checked that it can be.</summary>
    public string? LogFile { get; set; }

    /// <summary>The files that belong to one run.</summary>
    internal IReadOnlyList<string> RunFiles => [OutputFile, HashFile, EmbeddingFile, ManifestFile, JournalFile];

    internal IReadOnlyList<string> AllFiles => LogFile is null ? RunFiles : [.. RunFiles, LogFile];
}
