using System.Text.Json;
using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Messages;

namespace DialogueMesh.Dataset.Files;

/// <summary>
/// The runs of a root folder that have not ended: how each was started lies beside its journal until its outputs are written, so
/// that whoever takes the folder over goes on with them.
/// </summary>
internal static class RunningRuns
{
    private const string FileName = "start.json";

    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static void Add(string root, OpenRun open)
    {
        Directory.CreateDirectory(DatasetOptions.RunFolder(root, open.RunId));
        using var file = new TemporaryFile(FileOf(root, open.RunId));
        JsonSerializer.Serialize(file.Stream, open, DialogueJson.Indented);
        file.Complete();
        file.Rename();
    }

    public static OpenRun? Find(string root, string runId)
    {
        var file = FileOf(root, runId);
        try
        {
            return JsonSerializer.Deserialize<OpenRun>(File.ReadAllBytes(file), DialogueJson.Indented);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException fault)
        {
            throw new InputException($"{file} is broken ({fault.Message.ReplaceLineEndings(" ")}): start the run again", fault);
        }
    }

    public static void Remove(string root, string runId) => File.Delete(FileOf(root, runId));

    /// <summary>Their ids.</summary>
    public static IReadOnlyList<string> All(string root) => Directory.Exists(root)
        ? [.. Directory.EnumerateDirectories(root).Select(Path.GetFileName).OfType<string>().Where(id => IsRunning(root, id)).Order(StringComparer.Ordinal)]
        : [];

    private static bool IsRunning(string root, string runId) =>
        Contracts.Runs.RunSpecId.IsOne(runId) && File.Exists(FileOf(root, runId));

    private static string FileOf(string root, string runId) => Path.Combine(DatasetOptions.RunFolder(root, runId), FileName);
}
