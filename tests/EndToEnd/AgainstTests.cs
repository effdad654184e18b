using System.Text.Json;
using Xunit;

namespace DialogueMesh.Tests.EndToEnd;

/// <summary>--against: a run that is unlike earlier datasets.</summary>
public sealed class AgainstTests : IDisposable
{
    private const string Six = "generate --total_generations 6 --seed 71";

    private readonly RunFolder first = new();
    private readonly RunFolder second = new();

    private string Earlier => first.In("generated_dialogues.json");

    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
    }

    [Fact]
    public async Task Generate_AgainstItsOwnCopy_SaysEverythingAnew()
    {
        await Cli.CompleteHereAsync(first, Six);
        await Cli.CompleteHereAsync(second, $"{Six} --against {Earlier}");

        Assert.Equal(6, second.Dialogues().Count);
        Assert.Empty(first.Read<string[]>("dialogue_hashes.json").Intersect(second.Read<string[]>("dialogue_hashes.json")));
        var manifest = second.Read<JsonElement>("manifest.json");
        Assert.Equal(6, manifest.GetProperty("rejections").GetProperty("dedup").GetProperty("earlier_duplicate").GetInt32());
        var against = manifest.GetProperty("against")[0];
        Assert.Equal(("generated_dialogues.json", 6), (against.GetProperty("name").GetString(), against.GetProperty("dialogues").GetInt32()));
        Assert.Equal(against.GetProperty("sha256").GetString(), manifest.GetProperty("spec").GetProperty("against")[0].GetString());
        var copy = second.JournalLines().First(line => line.TryGetProperty("reason", out var reason) && reason.GetString() == "earlier_duplicate");
        Assert.Equal($"generated_dialogues.json: {first.Dialogues()[0].DialogueId}", copy.GetProperty("earlier").GetString());
        Assert.Contains("the same words as generated_dialogues.json: ", copy.GetProperty("detail").GetString());

        using var alone = new RunFolder();
        await Cli.CompleteHereAsync(alone, $"{Six} --max_parallel 1 --against {Earlier}");
        alone.AssertSameOutputs(second);
    }

    [Fact]
    public async Task Generate_AgainstTextsNearInMeaning_TurnsThemDown()
    {
        await Cli.CompleteHereAsync(first, Six);
        var lines = first.Dialogues().Select(dialogue => JsonSerializer.Serialize(new
        {
            utterances = dialogue.Turns.SelectMany(turn => new[] { turn.Utterance + " Right?", turn.AssistantResponse }),
        }));
        var file = first.Write("texts.jsonl", string.Join('\n', lines));

        await Cli.CompleteHereAsync(second, $"{Six} --against {file}");

        var near = second.JournalLines().First(line => line.TryGetProperty("reason", out var reason) && reason.GetString() == "earlier_near_duplicate");
        Assert.Matches("^cosine 0\\.\\d+ with texts.jsonl: line \\d, threshold 0\\.\\d+$", near.GetProperty("detail").GetString());
        Assert.True(near.GetProperty("earlier_cosine").GetDouble() >= second.Spec().SimilarityThreshold);
    }

    [Fact]
    public async Task Generate_ResumedAgainstAnythingElse_IsRefused()
    {
        await Cli.CompleteHereAsync(first, Six);
        var renamed = first.Write("renamed.json", await File.ReadAllTextAsync(Earlier, TestContext.Current.CancellationToken));
        var other = first.Write("other.jsonl", """{"text": "A taxi, please."}""");
        var line = $"{Six} --endpoint {await Cli.EndpointAsync()} --no_cache";
        await Cli.CompleteAsync(second.Path, $"{line} --against {Earlier}");

        foreach (var against in new[] { "", $"--against {other}", $"--against {Earlier} {other}" })
        {
            var refused = await Cli.RunAsync(second.Path, $"{line} --resume {against}");
            Assert.Equal(2, refused.Code);
            Assert.Contains("the run that lies there was started --against a file with the SHA-256 ", Assert.Single(refused.ErrorLines));
        }

        var extended = await Cli.CompleteAsync(second.Path, $"{line.Replace("generations 6", "generations 8")} --resume --against {renamed}");
        Assert.Contains("8 dialogues accepted", extended.Output);
    }
}
