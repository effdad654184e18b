using System.Text.Json;
using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Dataset.History;

namespace DialogueMesh.Dataset.Files;

/// <summary>A run as it was begun, and the total it has by now.</summary>
public sealed record StartedRun(RunSpec Spec, int Total);

/// <summary>Whether a run may use the files it is given.</summary>
public static class RunFiles
{
    /// <summary>
    /// Refuses outputs of another run, outputs of this one without <paramref name="resume"/> or without their journal, and
    /// files that cannot be written. Writes nothing but a probe beside each file, which it removes.
    /// </summary>
    /// <exception cref="InputException">One line for the user.</exception>
    public static void Check(DatasetOptions options, string runId, bool resume)
    {
        CheckNames(options);
        if (resume)
        {
            CheckOwner(options, runId);
        }
        else if (options.RunFiles.FirstOrDefault(File.Exists) is { } existing)
        {
            var other = existing == options.ManifestFile ? "an --output_file in another folder" : "another --output_file";
            throw new InputException($"{existing} exists; use --resume to continue run {Owner(options) ?? runId}, or {other}");
        }

        CheckWritable(options);
    }

    /// <summary>Refuses where one of the files is there or cannot be written; for outputs that are made elsewhere and brought here.</summary>
    /// <exception cref="InputException">One line for the user.</exception>
    public static void CheckFree(DatasetOptions options)
    {
        CheckNames(options);
        if (options.RunFiles.FirstOrDefault(File.Exists) is { } existing)
        {
            throw new InputException($"{existing} exists: move it away, or use an --output_file in another folder");
        }

        CheckWritable(options);
    }

    /// <summary>The run that the journal is of, which is read whole; null where there is no journal, or nothing in it.</summary>
    /// <exception cref="InputException">It is no journal, it is broken before its last line, or another process uses it.</exception>
    public static StartedRun? Started(DatasetOptions options) => Read(options.JournalFile, stream =>
        JournalReader.Read(stream, options.JournalFile).State is { } state ? new StartedRun(state.Spec, state.Totals[^1]) : null);

    /// <summary>The refusal of a journal that another run has written.</summary>
    internal static InputException Foreign(string file, string owner, string runId) => new(
        $"{file} belongs to run {owner}, but these options describe run {runId}: use the options that run was started with, or another --output_file");

    internal static InputException InUse(string file) => new(
        $"{file} is in use by another process: wait until it ends, or use another --output_file");

    /// <summary>Whether opening failed since another process holds the file's lock (EAGAIN of Linux and macOS, Windows' sharing violation).</summary>
    internal static bool IsLocked(IOException fault) => (fault.HResult & 0xFFFF) is 11 or 35 or 32;

    private static void CheckNames(DatasetOptions options)
    {
        var files = options.AllFiles;
        if (files.Any(string.IsNullOrWhiteSpace) || files.DistinctBy(Path.GetFullPath).Count() < files.Count)
        {
            throw new InputException("each output file needs a name of its own");
        }

        if (files.FirstOrDefault(Directory.Exists) is { } folder)
        {
            throw new InputException($"{folder} is a folder; name a file");
        }
    }

    private static void CheckOwner(DatasetOptions options, string runId)
    {
        var owner = ReadFirst(options.JournalFile)?.RunId;
        if (owner is not null && owner != runId)
        {
            throw Foreign(options.JournalFile, owner, runId);
        }

        var output = options.RunFiles.FirstOrDefault(file => file != options.JournalFile && File.Exists(file));
        var outputOwner = owner ?? Owner(options);
        if (output is not null && outputOwner is null)
        {
            throw new InputException(
                $"{output} exists, but neither {options.JournalFile} nor {options.ManifestFile} says which run it is of: move it away, or use another --output_file");
        }

        if (output is not null && outputOwner != runId)
        {
            throw Foreign(output, outputOwner!, runId);
        }

        if (output is not null && owner is null)
        {
            throw new InputException(
                $"{output} is of run {runId}, but its journal {options.JournalFile} is gone, and with it what was paid for: bring it back, or move the outputs away to start anew");
        }
    }

    // As far as the files say.
    private static string? Owner(DatasetOptions options) => ReadFirst(options.JournalFile)?.RunId ?? ManifestOwner(options);

    /// <summary>The run that the manifest is of; null where none says so.</summary>
    internal static string? ManifestOwner(DatasetOptions options)
    {
        try
        {
            using var manifest = JsonDocument.Parse(File.ReadAllBytes(options.ManifestFile));
            return manifest.RootElement.GetProperty("run_id").GetString();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException
            or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static RunLine? ReadFirst(string file) => Read(file, stream => JournalReader.ReadFirst(stream, file));

    private static T? Read<T>(string file, Func<FileStream, T?> read)
        where T : class
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            return read(stream);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (IOException fault) when (IsLocked(fault))
        {
            throw InUse(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"cannot read {file}: {fault.Message.ReplaceLineEndings(" ")}", fault);
        }
    }

    private static void CheckWritable(DatasetOptions options)
    {
        foreach (var file in new[] { options.JournalFile, options.LogFile }.OfType<string>().Where(File.Exists))
        {
            CheckAppendable(file);
        }

        // All are held until the last is made: one file under two names, through a link or other casing, is locked already.
        var probes = new List<FileStream>();
        try
        {
            foreach (var file in options.AllFiles)
            {
                probes.Add(Probe(file));
            }
        }
        finally
        {
            probes.ForEach(probe => probe.Dispose());
        }
    }

    private static void CheckAppendable(string file)
    {
        try
        {
            new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0).Dispose();
        }
        catch (IOException fault) when (IsLocked(fault))
        {
            throw InUse(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"cannot write {file}: {fault.Message.ReplaceLineEndings(" ")}", fault);
        }
    }

    // A longer name than the file's own and its temporary one.
    private static FileStream Probe(string file)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        try
        {
            return new FileStream(
                $"{file}.probe-{Environment.ProcessId}", FileMode.Create, FileAccess.Write, FileShare.None, 0, FileOptions.DeleteOnClose);
        }
        catch (IOException fault) when (IsLocked(fault))
        {
            throw new InputException($"{file} is the same file as another output: give each a name of its own", fault);
        }
        catch (PathTooLongException fault)
        {
            throw new InputException($"{file} is too long a name: use a shorter one", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                Directory.Exists(folder)
                    ? $"cannot write to the folder {folder}: {fault.Message.ReplaceLineEndings(" ")}"
                    : $"the folder {folder} does not exist: create it, or use another --output_file",
                fault);
        }
    }
}
