using System.Text.Json;
using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Contracts.Runs;

namespace DialogueMesh.Dataset.Files;

/// <summary>How the runs of a root folder ended, kept beside their files.</summary>
internal static class FinishedRuns
{
    private const string FileName = "end.json";

    public static void Add(string root, RunReport report)
    {
        using var file = new TemporaryFile(FileOf(root, report.Opened.RunId));
        JsonSerializer.Serialize(file.Stream, report, DialogueJson.Compact);
        file.Complete();
        file.Rename();
    }

    public static RunReport? Find(string root, string runId)
    {
        var file = FileOf(root, runId);
        return File.Exists(file) ? JsonSerializer.Deserialize<RunReport>(File.ReadAllBytes(file), DialogueJson.Compact) : null;
    }

    /// <summary>The ids of all runs of the folder, and how each ended; null for those that go on.</summary>
    public static IReadOnlyDictionary<string, DatasetWritten?> All(string root) => Directory.Exists(root)
        ? Directory.EnumerateDirectories(root).Select(Path.GetFileName).OfType<string>().Where(RunSpecId.IsOne)
            .ToDictionary(id => id, id => RunningRuns.Find(root, id) is null ? Find(root, id)?.Written : null)
        : new Dictionary<string, DatasetWritten?>();

    private static string FileOf(string root, string runId) => Path.Combine(DatasetOptions.RunFolder(root, runId), FileName);
}
