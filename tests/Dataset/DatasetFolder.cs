using DialogueMesh.Contracts.Messages;
using DialogueMesh.Dataset;
using DialogueMesh.Dataset.Files;
using DialogueMesh.Dataset.Gate;
using Microsoft.Extensions.Logging.Abstractions;

namespace DialogueMesh.Tests.Dataset;

/// <summary>A folder of a test's own with the files of a run, gone afterwards.</summary>
internal sealed class DatasetFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dialoguemesh-");

    public DatasetFolder() => Options = new DatasetOptions
    {
        OutputFile = PathOf("out.json"),
        HashFile = PathOf("hashes.json"),
        EmbeddingFile = PathOf("vectors.npy"),
        ManifestFile = PathOf("manifest.json"),
        JournalFile = PathOf("run.journal.jsonl"),
    };

    public DatasetOptions Options { get; }

    public string Root => folder.FullName;

    public static RunFinished Finished(string runId, RunOutcome outcome = RunOutcome.Complete) =>
        new() { RunId = runId, Outcome = outcome, Detail = "" };

    public string PathOf(string name) => Path.Combine(folder.FullName, name);

    public RunSessions Sessions(TimeProvider? time = null, EarlierDialogues? earlier = null) =>
        new(Microsoft.Extensions.Options.Options.Create(Options), earlier ?? new EarlierDialogues(), time ?? TimeProvider.System, NullLogger<RunSessions>.Instance);

    /// <summary>The files whose bytes a run decides.</summary>
    public byte[][] Outputs() =>
        [File.ReadAllBytes(Options.OutputFile), File.ReadAllBytes(Options.HashFile), File.ReadAllBytes(Options.EmbeddingFile)];

    public void Dispose() => folder.Delete(recursive: true);
}
