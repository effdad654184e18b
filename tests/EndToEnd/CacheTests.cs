using System.Text.Json;
using DialogueMesh.Llm.Sqlite;
using Xunit;

namespace DialogueMesh.Tests.EndToEnd;

/// <summary>What was answered once is not paid for again.</summary>
public sealed class CacheTests
{
    [Fact]
    public async Task Generate_Again_IsFreeSaysSoAndWritesTheSameBytes()
    {
        using RunFolder first = new(), second = new(), cache = new();
        await using var server = await ModelServer.StartAsync();
        var run = $"generate --endpoint {server.Url} --seed 11 --total_generations 6 --cache_file {cache.In("c.db")}";

        await Cli.CompleteAsync(first.Path, run);
        var (asked, moderated, keys) = (server.Seeds.Count, server.ModerationCalls, server.Keys.Count);

        // Nothing is left to ask, so not even the server is needed; and what costs nothing is within any budget.
        var again = await Cli.CompleteAsync(second.Path, $"{run} --max_cost 0.01");

        first.AssertSameOutputs(second);
        Assert.Equal((asked, moderated, keys), (server.Seeds.Count, server.ModerationCalls, server.Keys.Count));
        var (before, after) = (first.Read<JsonElement>("manifest.json"), second.Read<JsonElement>("manifest.json"));
        Assert.Equal((0, asked), (Number(before, "cache_hits"), Number(before, "calls")));
        Assert.Equal((asked, 0), (Number(after, "cache_hits"), Number(after, "calls")));
        Assert.Equal(before.GetProperty("cost").GetDecimal(), before.GetProperty("paid").GetDecimal());
        Assert.Equal((before.GetProperty("cost").GetDecimal(), 0m), (after.GetProperty("cost").GetDecimal(), after.GetProperty("paid").GetDecimal()));
        Assert.Contains($"{asked} answers from the cache: $0.00 paid now", again.Output);
    }

    private static int Number(JsonElement manifest, string name) => manifest.GetProperty(name).GetInt32();

    [Fact]
    public async Task Generate_NoCache_AsksAgainAndKeepsNothing()
    {
        using RunFolder first = new(), second = new(), cache = new();
        await using var server = await ModelServer.StartAsync();
        var run = $"generate --endpoint {server.Url} --seed 12 --total_generations 2 --no_cache";

        await Cli.CompleteAsync(first.Path, run, ("XDG_CACHE_HOME", cache.Path));
        var asked = server.Seeds.Count;
        await Cli.CompleteAsync(second.Path, run, ("XDG_CACHE_HOME", cache.Path));

        Assert.Equal(2 * asked, server.Seeds.Count);
        Assert.Empty(cache.Files);
    }

    [Fact]
    public async Task Cache_StatsAndPrune_TellAndEmptyTheDefaultFile()
    {
        using RunFolder folder = new(), cache = new();
        await using var server = await ModelServer.StartAsync();
        (string, string)[] place = [("XDG_CACHE_HOME", cache.Path)];

        Assert.Contains("nothing is cached there", (await Cli.CompleteAsync(folder.Path, "cache stats", place)).Output);
        await Cli.CompleteAsync(folder.Path, $"generate --endpoint {server.Url} --seed 13 --total_generations 2 --moderation off", place);

        // Two dialogues and the check before them.
        var stats = await Cli.CompleteAsync(folder.Path, "cache stats", place);
        Assert.Contains("3 answers", stats.Output);
        Assert.Contains($"{server.Url} gpt-4o-mini: 3 answers", stats.Output);
        Assert.Contains("0 answers removed", (await Cli.CompleteAsync(folder.Path, "cache prune", place)).Output);
        Assert.Contains("3 answers removed", (await Cli.CompleteAsync(folder.Path, "cache prune --days 0", place)).Output);
        Assert.Empty(CacheFile.Content(cache.In("dialoguemesh/responses.db")));
    }

    [Theory]
    [InlineData("cache", "give cache stats or cache prune")]
    [InlineData("cache empty", "'empty' is unknown: give stats or prune")]
    [InlineData("cache stats --cache_file notes.txt", "notes.txt cannot be used as a response cache")]
    [InlineData("cache prune --days -1", "--days -1 is too low")]
    public async Task Cache_BadInput_OneLineExit2(string line, string expected)
    {
        using var folder = new RunFolder();
        folder.Write("notes.txt", new string('n', 2000));

        var result = await Cli.RunAsync(folder.Path, line);

        Assert.Equal(2, result.Code);
        Assert.Contains(expected, Assert.Single(result.ErrorLines));
        Assert.Equal(2000, new FileInfo(folder.In("notes.txt")).Length);
    }
}
