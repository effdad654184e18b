using System.Security.Cryptography;
using Xunit;

namespace DialogueMesh.Tests.EndToEnd;

/// <summary>What the user gave wrongly is said in one line; nothing is written or changed.</summary>
public sealed class BadInputTests
{
    private const string Dialogue = """
        {"dialogue_id": "D1.json", "services": ["hotel"], "turns": [
          {"turn_id": "0", "speaker": "USER", "utterance": "Hello", "frames": []},
          {"turn_id": "1", "speaker": "SYSTEM", "utterance": "Bye", "frames": []}]}
        """;

    [Theory]
    [InlineData("--dataset_path nowhere", "nowhere does not exist")]
    [InlineData("--dataset_path empty", "empty has no dialogue files")]
    [InlineData("--dataset_path turnless", "no dialogue with turns")]
    [InlineData("--dataset_path broken", "dialogues_001.json, line 4, column 17: broken JSON")]
    [InlineData("--dataset_path cut", "dialogues_001.json, line ")]
    [InlineData("--dataset_path wrong", "dialogues_001.json")]
    [InlineData("--dataset_name some/other", "The dataset 'some/other' is not in ")]
    [InlineData("--test_extraction --dataset_path good --extraction_index 100", "error: Index 100 is out of bounds for the dataset (24 dialogues)")]
    [InlineData("--min_turns 9 8", "--min_turns 9 8 runs backwards")]
    [InlineData("--max_turns 9 8", "--max_turns 9 8 runs backwards")]
    [InlineData("--min_turns 12 16 --max_turns 7 15", "ends below --min_turns")]
    [InlineData("--min_turns 1 2 --max_turns 2 20", "--max_turns 2 20: dialogues about ")]
    [InlineData("--similarity_threshold 0", "--similarity_threshold 0 is out of range")]
    [InlineData("--similarity_threshold 1.2", "--similarity_threshold 1.2 is out of range")]
    [InlineData("--temperature 0.7 2.5", "--temperature 2.5 is out of range")]
    [InlineData("--temperature -0.1", "--temperature -0.1 is out of range")]
    [InlineData("--services hotel spaceport", "unknown service 'spaceport'")]
    [InlineData("--regions Pariss", "unknown region 'Pariss' in --regions: the nearest of the 54 known are Paris")]
    [InlineData("--resolutions Solved", "unknown resolution 'Solved'")]
    [InlineData("--emotions Bored", "unknown emotion 'Bored'")]
    [InlineData("--max_tokens 5", "unknown option --max_tokens")]
    [InlineData("--personas nobody.jsonl", "nobody.jsonl")]
    [InlineData("--personas broken.jsonl", "broken.jsonl, line 2, column ")]
    [InlineData("--ontology nowhere", "nowhere: no such ontology directory")]
    [InlineData("--ontology empty", "empty: no .yaml file in it")]
    [InlineData("--api_version 2024-10-21", "--api_version is Azure OpenAI's: give the resource too")]
    [InlineData("--endpoint https://me.openai.azure.com --moderation off", "no key for me.openai.azure.com: set AZURE_OPENAI_API_KEY")]
    [InlineData("--output_file nowhere/out.json", "nowhere does not exist")]
    [InlineData("--output_file empty", "empty is a folder; name a file")]
    [InlineData("--output_file broken.jsonl/out.json", "broken.jsonl")]
    [InlineData("--hash_file taken.json", "taken.json exists; use --resume")]
    [InlineData("--hash_file taken.json --resume", "taken.json exists, but neither ")]
    [InlineData("--output_file foreign.json --resume", "is broken")]
    [InlineData("--output_file /proc/out.json", "cannot write to the folder /proc")]
    public async Task Generate_BadInput_OneLineExit2NothingWritten(string options, string expected)
    {
        using var folder = new RunFolder();
        Directory.CreateDirectory(folder.In("empty"));
        folder.Write("turnless/dialogues_001.json", """[{"dialogue_id": "D0.json", "services": [], "turns": []}]""");
        folder.Write("broken/dialogues_001.json", $"[\n{Dialogue.ReplaceLineEndings(" ")},\n{{\"dialogue_id\": \"D2\",\n \"services\": [1 2]}}]");
        folder.Write("cut/dialogues_001.json", $"[{Dialogue[..^30]}");
        folder.Write("wrong/dialogues_001.json", """[{"dialogue_id": "D1.json", "services": ["hotel"], "turns": 7}]""");
        folder.Write("good/dialogues_001.json", $"[{string.Join(',', Enumerable.Range(0, 24).Select(i => Dialogue.Replace("D1", $"D{i}", StringComparison.Ordinal)))}]");
        folder.Write("broken.jsonl", "{\"id\":\"1\",\"persona\":\"A baker.\",\"cluster_label\":1}\n{\"id\":\"2\",\"persona\":}\n");
        folder.Write("taken.json", "[]");
        folder.Write("foreign.journal.jsonl", "{\"diary\":\"Dear diary\"}\n{\"diary\":\"Dear diary\"}\n");

        await AssertRefusedAsync(folder, $"generate --total_generations 5 {options}", expected);
    }

    [Fact]
    public async Task Generate_OutputsOrJournalOfAnotherRun_AreNeverTouched()
    {
        using var folder = new RunFolder();
        var run = $"generate --endpoint {await Cli.EndpointAsync()} --seed 71 --total_generations";
        await Cli.CompleteHereAsync(folder, $"{run} 4");
        var id = Contracts.Runs.RunSpecId.Of(folder.Spec());

        await AssertRefusedAsync(folder, $"{run} 4", $"generated_dialogues.json exists; use --resume to continue run {id}");
        await AssertRefusedAsync(folder, $"{run.Replace("71", "72", StringComparison.Ordinal)} 4", $"generated_dialogues.json exists; use --resume to continue run {id}");
        await AssertRefusedAsync(
            folder, $"{run.Replace("71", "72", StringComparison.Ordinal)} 4 --resume",
            $"generated_dialogues.journal.jsonl belongs to run {id}, but these options describe run ");
        await AssertRefusedAsync(folder, $"{run} 3 --resume", "--total_generations 3 is less than the 4 of the run that lies there");
        await AssertRefusedAsync(folder, $"{run} 4 --resume --temperature 0.3", " belongs to run ");
        await AssertRefusedAsync(folder, $"{run} 4 --resume --model other", " belongs to run ");

        // A second resume of a complete run changes no output.
        var before = folder.Read<string[]>("dialogue_hashes.json");
        await Cli.CompleteHereAsync(folder, $"{run} 4 --resume");
        Assert.Equal(before, folder.Read<string[]>("dialogue_hashes.json"));

        await Cli.CompleteHereAsync(folder, $"{run} 6 --resume");
        await AssertRefusedAsync(folder, $"{run} 5 --resume", "--total_generations 5 is less than the 6 of the run that lies there");
    }

    [Fact]
    public async Task Resume_JournalBrokenInTheMiddle_SaysWhichLineAndLosesNothing()
    {
        using var folder = new RunFolder();
        var run = $"generate --endpoint {await Cli.EndpointAsync()} --seed 72 --total_generations 4 --resume";
        await Cli.CompleteHereAsync(folder, run);
        var lines = await File.ReadAllLinesAsync(folder.Journal, TestContext.Current.CancellationToken);
        lines[2] = lines[2][..^20];
        await File.WriteAllTextAsync(folder.Journal, string.Join('\n', lines) + "\n", TestContext.Current.CancellationToken);
        var (journal, hashes) = (await File.ReadAllTextAsync(folder.Journal, TestContext.Current.CancellationToken), folder.Read<string[]>("dialogue_hashes.json"));

        var result = await Cli.RunAsync(folder.Path, run);

        Assert.True(result.Code == 2, result.ToString());
        Assert.Contains("generated_dialogues.journal.jsonl, line 3 is broken", Assert.Single(result.ErrorLines));
        Assert.Equal(journal, await File.ReadAllTextAsync(folder.Journal, TestContext.Current.CancellationToken));
        Assert.Equal(hashes, folder.Read<string[]>("dialogue_hashes.json"));
    }

    [Fact]
    public async Task Generate_BadSettingOfTheSimulator_OneLineExit2NothingWritten()
    {
        using var folder = new RunFolder();

        var result = await Cli.RunAsync(folder.Path, "generate --total_generations 5", ("DIALOGUEMESH_Simulator__Faults__Bang", "0.1"));

        Assert.True(result.Code == 2, result.ToString());
        Assert.StartsWith("error: Simulator:Faults: Bang is 0.1; give one of RateLimited,", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.Empty(folder.Files);
    }

    [Fact]
    public async Task Generate_JournalInUse_SecondProcessIsRefused()
    {
        using var folder = new RunFolder();
        const string Line = "generate --total_generations 20 --seed 73";
        await using var first = Cli.Start(folder.Path, Line, ("DIALOGUEMESH_Simulator__DelayMilliseconds", "3000"));
        await first.WaitUntilAsync(() => File.Exists(folder.Journal) && new FileInfo(folder.Journal).Length > 9000);

        var second = await Cli.RunAsync(folder.Path, $"{Line} --resume");

        Assert.Equal(2, second.Code);
        Assert.Contains("generated_dialogues.journal.jsonl is in use by another process", Assert.Single(second.ErrorLines));
        Assert.False(first.HasExited);
    }

    [Fact]
    public async Task Generate_SeedDialogueWithoutTurns_IsSkippedCountedAndReported()
    {
        using var folder = new RunFolder();
        folder.Write("corpus/dialogues_001.json", $$"""[{{Dialogue}}, {"dialogue_id": "D2", "services": [], "turns": []}, {{Dialogue.Replace("D1", "D3", StringComparison.Ordinal)}}]""");

        var result = await Cli.CompleteAsync(folder.Path, "generate --total_generations 3 --dataset_path corpus");

        Assert.Matches(@"Seed corpus corpus: 1 × .*, skipped\.", result.Error);
        Assert.Contains("2 dialogues;", result.Error);
    }

    internal static async Task AssertRefusedAsync(RunFolder folder, string line, string expected)
    {
        var before = Fingerprints(folder);

        var result = await Cli.RunAsync(folder.Path, line);

        Assert.True(result.Code == 2, result.ToString());
        var message = Assert.Single(result.ErrorLines);
        Assert.StartsWith("error: ", message);
        Assert.Contains(expected, message);
        Assert.Empty(result.Output);
        Assert.Equal(before, Fingerprints(folder));
    }

    private static Dictionary<string, string> Fingerprints(RunFolder folder) =>
        folder.Files.ToDictionary(file => file, file => $"{Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))} {File.GetLastWriteTimeUtc(file):O}");
}
