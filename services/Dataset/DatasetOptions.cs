using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Runs;

namespace DialogueMesh.Dataset;

/// <summary>Where a run's files lie.</summary>
public sealed class DatasetOptions
{
    /// <summary>
    /// The folder that holds a folder for each run, named by its id, with the files below in it; null where there is one run,
    /// whose files are just those.
    /// </summary>
    public string? Root { get; set; }

    public string OutputFile { get; set; } = "generated_dialogues.json";

    public string HashFile { get; set; } = "dialogue_hashes.json";

    public string EmbeddingFile { get; set; } = "dialogue_embeddings.npy";

    public string ManifestFile { get; set; } = "manifest.json";

    /// <summary>The run's only durable truth: append-only JSON lines.</summary>
    public string JournalFile { get; set; } = "generated_dialogues.journal.jsonl";

    /// <summary>Written by whoever logs; here it is only checked that it can be.</summary>
    public string? LogFile { get; set; }

    /// <summary>With the paths of this run.</summary>
    internal DatasetOptions Of(string runId)
    {
        if (Root is not { } root)
        {
            return this;
        }

        var folder = RunFolder(root, runId);
        return new DatasetOptions
        {
            OutputFile = Path.Combine(folder, OutputFile),
            HashFile = Path.Combine(folder, HashFile),
            EmbeddingFile = Path.Combine(folder, EmbeddingFile),
            ManifestFile = Path.Combine(folder, ManifestFile),
            JournalFile = Path.Combine(folder, JournalFile),
        };
    }

    internal static string RunFolder(string root, string runId) => RunSpecId.IsOne(runId)
        ? Path.Combine(root, runId)
        : throw new InputException($"'{runId}' is no run's id: 12 hexadecimal digits are");

    /// <summary>The files that belong to one run.</summary>
    internal IReadOnlyList<string> RunFiles => [OutputFile, HashFile, EmbeddingFile, ManifestFile, JournalFile];

    internal IReadOnlyList<string> AllFiles => LogFile is null ? RunFiles : [.. RunFiles, LogFile];
}
