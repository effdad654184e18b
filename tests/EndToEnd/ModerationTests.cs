using System.Text.Json;
using Xunit;

namespace DialogueMesh.Tests.EndToEnd;

/// <summary>Nothing is accepted that the moderation endpoint flags, or has not seen.</summary>
public sealed class ModerationTests
{
    private const int Total = 12;

    [Fact]
    public async Task Generate_SomeDialoguesFlagged_AreRejectedWithTheirCategoriesAndCounted()
    {
        using var folder = new RunFolder();
        await using var server = await ModelServer.StartAsync(
            moderate: texts => texts[0].Length % 3 == 0
                ? ModerationReply.Of(texts.Count, texts.Count - 1, ["violence", "harassment/threatening"])
                : ModerationReply.Clean(texts.Count));

        await Cli.CompleteHereAsync(folder, $"generate --total_generations {Total} --endpoint {server.Url}");

        var flagged = folder.JournalLines().Where(line => line.TryGetProperty("reason", out var reason) && reason.GetString() == "flagged").ToList();
        Assert.NotEmpty(flagged);
        Assert.All(flagged, line => Assert.Equal("harassment/threatening, violence", line.GetProperty("detail").GetString()));
        Assert.All(folder.Dialogues(), dialogue => Assert.NotEqual(0, dialogue.Turns[0].Utterance.Length % 3));
        Assert.Equal(Total, folder.Dialogues().Count);
        Assert.Equal(Total + flagged.Count, server.ModerationCalls);
        Assert.Contains($"\"flagged\": {flagged.Count}", folder.Read<JsonElement>("manifest.json").GetRawText());
        Assert.Contains("Flagged", await File.ReadAllTextAsync(folder.Log, TestContext.Current.CancellationToken));
    }

    /// <summary>Through the simulator's own moderation, which knows the phrase.</summary>
    [Fact]
    public async Task Generate_OntologyThatThreatens_NoSuchDialogueIsAccepted()
    {
        using var folder = new RunFolder();
        // Every second opening threatens, so that cells are refilled with the others.
        var openings = 0;
        var grammar = (await File.ReadAllLinesAsync(Path.Combine(Cli.Data, "ontology", "services", "police", "grammar.yaml"), TestContext.Current.CancellationToken))
            .Select(line => line.StartsWith("      - \"I", StringComparison.Ordinal) && openings++ % 2 == 0
                ? "      - \"I will kill you if you don't help.\""
                : line);
        folder.Write("grim/services/police/grammar.yaml", string.Join('\n', grammar));
        folder.Write("grim/services/police/schema.yaml", await File.ReadAllTextAsync(
            Path.Combine(Cli.Data, "ontology", "services", "police", "schema.yaml"), TestContext.Current.CancellationToken));

        var result = await Cli.CompleteAsync(folder.Path, $"generate --total_generations 20 --ontology {folder.In("grim")} --services police");

        Assert.Matches(@"Rejected \d+ \(flagged \d+", result.Output);
        Assert.DoesNotContain("kill you", await File.ReadAllTextAsync(folder.In("generated_dialogues.json"), TestContext.Current.CancellationToken));
        Assert.Contains(folder.JournalLines(), line => line.TryGetProperty("detail", out var detail)
            && detail.GetString() == "harassment/threatening, violence");
    }

    [Fact]
    public async Task Generate_ModerationEndpointRefuses_StopsResumablyWithNothingAccepted()
    {
        using var folder = new RunFolder();
        var isDown = true;
        await using var server = await ModelServer.StartAsync(moderate: texts => isDown
            ? new ModerationReply(403, """{"error":{"message":"moderation is switched off here","type":"x","code":"forbidden"}}""")
            : ModerationReply.Clean(texts.Count));
        var line = $"generate --total_generations {Total} --endpoint {server.Url}";

        var result = await Cli.RunAsync(folder.Path, line);

        Assert.True(result.Code == 1, result.ToString());
        Assert.Contains("Stopped by a fault: 0 of 12 dialogues accepted", result.Output);
        Assert.Contains("Moderation is not available. ", result.Output);
        Assert.Contains("Go on with --resume", result.Output);
        Assert.Empty(folder.Acceptances());
        folder.AssertNoOutputs();

        // What was paid for before is checked now, and not asked for again.
        var paid = folder.Candidates();
        Assert.NotEmpty(paid);
        isDown = false;
        server.Seeds.Clear();
        await Cli.CompleteHereAsync(folder, $"{line} --resume");
        Assert.Equal(Total, folder.Dialogues().Count);
        Assert.Empty(paid.Select(key => ModelServer.SeedOf(42, key.Ordinal, key.Attempt)).Intersect(server.Seeds));
    }

    [Fact]
    public async Task Generate_ModerationAnswersFewerTexts_StopsRatherThanLettingThemPass()
    {
        using var folder = new RunFolder();
        await using var server = await ModelServer.StartAsync(moderate: texts => ModerationReply.Clean(texts.Count - 1));

        var result = await Cli.RunAsync(folder.Path, $"generate --total_generations {Total} --endpoint {server.Url}");

        Assert.True(result.Code == 1, result.ToString());
        Assert.Empty(folder.Acceptances());
    }
}
