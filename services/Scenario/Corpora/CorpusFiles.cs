using System.Security.Cryptography;
using System.Text;
using DialogueMesh.Contracts;

namespace DialogueMesh.Scenario.Corpora;

/// <summary>The files of a corpus: what is read of a directory, in which order, and their digest.</summary>
internal sealed record CorpusFiles(IReadOnlyList<string> Dialogues, string? DialogActs)
{
    private const string ActsFile = "dialog_acts.json";

    private static readonly string[] Splits = ["", "train", "dev", "validation", "test"];

    private static readonly HashSet<string> Others = new(StringComparer.OrdinalIgnoreCase)
    {
        ActsFile, "schema.json", "ontology.json", "dataset_info.json", "dataset_infos.json", "dataset_dict.json", "state.json", "manifest.json",
    };

    /// <summary>
    /// The paths, relative to <paramref name="path"/> with '/', of its dialogue files in ordinal order. Where files are named
    /// dialogues*.json, as both data sets name them, or generated_dialogues.json, as a run does, only those are read; otherwise
    /// every JSON file that is not known to be something else.
    /// </summary>
    public static CorpusFiles Find(string path)
    {
        if (File.Exists(path))
        {
            return new CorpusFiles([Path.GetFileName(path)], null);
        }

        if (!Directory.Exists(path))
        {
            throw new InputException(
                $"The dataset directory {path} does not exist. Put a MultiWOZ 2.2 or SGD corpus there, or name another directory with --dataset_path.");
        }

        var found = Candidates(path);
        var named = found.FindAll(IsNamedDialogues);
        if (found.Count == 0)
        {
            throw new InputException(
                $"The dataset directory {path} has no dialogue files. It should hold dialogues*.json, or train, dev and test folders with them (MultiWOZ 2.2 or SGD), or .jsonl files exported from the Hugging Face hub.");
        }

        var acts = File.Exists(Path.Combine(path, ActsFile)) ? ActsFile : null;
        return new CorpusFiles(named.Count > 0 ? named : found, acts);
    }

    /// <summary>SHA-256 over each file's name, a zero byte and the SHA-256 of its bytes, in ordinal order of the names.</summary>
    public string Digest(string root)
    {
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Dialogues.Concat(DialogActs is null ? [] : [DialogActs]).Order(StringComparer.Ordinal))
        {
            using var stream = Open(Locate(root, file));
            whole.AppendData(Encoding.UTF8.GetBytes(file));
            whole.AppendData([0]);
            whole.AppendData(SHA256.HashData(stream));
        }

        return Convert.ToHexStringLower(whole.GetHashAndReset());
    }

    /// <summary>Where <paramref name="file"/> lies; <paramref name="root"/> may be that file itself.</summary>
    public static string Locate(string root, string file) => File.Exists(root) ? root : Path.Combine(root, file);

    public static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot read {path}: {fault.Message} Check that it exists and may be read.", fault);
        }
    }

    private static List<string> Candidates(string path)
    {
        try
        {
            return [.. Splits
                .Where(s => Directory.Exists(Path.Combine(path, s)))
                .SelectMany(s => Directory.EnumerateFiles(Path.Combine(path, s)).Select(f => s.Length == 0 ? Path.GetFileName(f) : $"{s}/{Path.GetFileName(f)}"))
                .Where(IsCandidate)
                .Order(StringComparer.Ordinal)];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot list the dataset directory {path}: {fault.Message} Check that it may be read.", fault);
        }
    }

    private static bool IsCandidate(string file)
    {
        var name = Path.GetFileName(file);
        return Path.GetExtension(name).ToLowerInvariant() is ".json" or ".jsonl" or ".ndjson"
            && !Others.Contains(name)
            && !name.EndsWith("_db.json", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsNamedDialogues(string file) =>
        Path.GetFileName(file) is var name
        && (name.StartsWith("dialogues", StringComparison.OrdinalIgnoreCase) || name.Equals("generated_dialogues.json", StringComparison.OrdinalIgnoreCase));
}
