using System.Text.Json;
using Xunit;

namespace DialogueMesh.Tests.Embedding;

/// <summary>Real dialogues of the Schema-Guided Dialogue corpus, where the shared data lie beside the repository.</summary>
internal static class SgdDialogues
{
    public sealed record SgdDialogue(string Id, string Services, IReadOnlyList<string> Utterances, IReadOnlyList<string> Names);

    /// <summary>The dialogues of one file, or the test is skipped.</summary>
    public static IReadOnlyList<SgdDialogue> Read(params string[] files)
    {
        var folder = Path.Combine(SharedFolder(), "data", "sgd");
        Assert.SkipUnless(Directory.Exists(folder), $"no corpus in {folder}");
        return [.. files.SelectMany(file => ReadFile(Path.Combine(folder, file)))];
    }

    private static string SharedFolder()
    {
        if (Environment.GetEnvironmentVariable("DIALOGUEMESH_SHARED") is { Length: > 0 } shared)
        {
            return shared;
        }

        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "global.json")))
        {
            folder = folder.Parent;
        }

        return Path.GetFullPath(Path.Combine(folder?.FullName ?? ".", "..", "shared"));
    }

    private static List<SgdDialogue> ReadFile(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        return [.. json.RootElement.EnumerateArray().Select(Read)];
    }

    private static SgdDialogue Read(JsonElement dialogue)
    {
        var turns = dialogue.GetProperty("turns").EnumerateArray().ToList();
        var names =
            from turn in turns
            from frame in turn.GetProperty("frames").EnumerateArray()
            from action in frame.GetProperty("actions").EnumerateArray()
            where action.GetProperty("slot").GetString()!.Contains("name", StringComparison.Ordinal)
            from value in action.GetProperty("values").EnumerateArray()
            select value.GetString()!;
        return new SgdDialogue(
            dialogue.GetProperty("dialogue_id").GetString()!,
            string.Join('+', dialogue.GetProperty("services").EnumerateArray().Select(s => s.GetString()).Order()),
            [.. turns.Select(turn => turn.GetProperty("utterance").GetString()!)],
            [.. names.Distinct()]);
    }
}
