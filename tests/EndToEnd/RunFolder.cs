using System.Text;
using System.Text.Json;
using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Runs;
using Xunit;

namespace DialogueMesh.Tests.EndToEnd;

/// <summary>A folder for one run, gone after the test.</summary>
internal sealed class RunFolder : IDisposable
{
    /// <summary>What must be the same byte for byte wherever the same run is made.</summary>
    public static readonly string[] Outputs = ["generated_dialogues.json", "dialogue_hashes.json", "dialogue_embeddings.npy"];

    public string Path { get; } = Directory.CreateTempSubdirectory("dialoguemesh-run-").FullName;

    public string Journal => In("generated_dialogues.journal.jsonl");

    public string Log => In("dialogue_generation.log");

    public IReadOnlyList<string> Files => [.. Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    public string In(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(In(name))!);
        File.WriteAllText(In(name), text);
        return In(name);
    }

    public IReadOnlyList<Dialogue> Dialogues() => Read<IReadOnlyList<Dialogue>>("generated_dialogues.json");

    public T Read<T>(string name) => JsonSerializer.Deserialize<T>(File.ReadAllBytes(In(name)), DialogueJson.Compact)!;

    /// <summary>The journal's whole lines; the last one may be under way.</summary>
    public IReadOnlyList<JsonElement> JournalLines()
    {
        using var stream = new FileStream(Journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var text = reader.ReadToEnd();
        return [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
    }

    /// <summary>The spec as the journal's first line has it.</summary>
    public RunSpec Spec() => JournalLines()[0].GetProperty("spec").Deserialize<RunSpec>(DialogueJson.Compact)!;

    /// <summary>Ordinal and attempt of each journalled candidate, in order.</summary>
    public IReadOnlyList<(int Ordinal, int Attempt)> Candidates() =>
    [
        .. JournalLines().Where(line => line.GetProperty("type").GetString() == "candidate")
            .Select(line => (line.GetProperty("ordinal").GetInt32(), line.GetProperty("attempt").GetInt32())),
    ];

    /// <summary>Ordinals of the acceptances in the journal, in order.</summary>
    public IReadOnlyList<int> Acceptances() =>
    [
        .. JournalLines().Where(line => line.GetProperty("type").GetString() == "decision" && line.GetProperty("accepted").GetBoolean())
            .Select(line => line.GetProperty("ordinal").GetInt32()),
    ];

    public void AssertSameOutputs(RunFolder other)
    {
        foreach (var name in Outputs)
        {
            Assert.True(File.ReadAllBytes(In(name)).AsSpan().SequenceEqual(File.ReadAllBytes(other.In(name))), $"{name} differs");
        }
    }

    public void AssertNoOutputs() =>
        Assert.DoesNotContain(Files, file => Outputs.Append("manifest.json").Any(output => System.IO.Path.GetFileName(file).StartsWith(output, StringComparison.Ordinal)));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
