using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using DialogueMesh.Simulator;
using Xunit;

namespace DialogueMesh.Tests.EndToEnd;

/// <summary>What a run costs, before, during and after.</summary>
public sealed class CostTests
{
    // ModelServer says 1,000 tokens in and 500 out of each answer.
    private const string TenDollarsACall = """{"models":{"gpt-4o-mini":{"input":5000,"output":10000}}}""";

    [Fact]
    public async Task Generate_MaxCost_StopsBelowItWithManyCallsAtOnceAndGoesOnWithMore()
    {
        using var folder = new RunFolder();
        folder.Write("dear.json", TenDollarsACall);
        await using var server = await ModelServer.StartAsync();
        var run = $"generate --endpoint {server.Url} --total_generations 24 --moderation off --no_cache --prices dear.json";

        var stopped = await Cli.RunAsync(folder.Path, $"{run} --max_cost 155");

        Assert.True(stopped.Code == 1, stopped.ToString());
        Assert.Contains("cost budget of $155 reached ($", stopped.Output);
        var manifest = folder.Read<JsonElement>("manifest.json");
        var paid = manifest.GetProperty("paid").GetDecimal();
        Assert.Equal(10 * server.Seeds.Count, paid);
        Assert.InRange(paid, 100, 155);

        await Cli.CompleteAsync(folder.Path, $"{run} --max_cost 1000 --resume");
        Assert.Equal(10 * server.Seeds.Count, folder.Read<JsonElement>("manifest.json").GetProperty("paid").GetDecimal());
    }

    [Fact]
    public async Task Generate_Again_PaysNothingAndIsWithinABudgetThatTheFirstSpent()
    {
        using RunFolder first = new(), second = new(), cache = new();
        cache.Write("dear.json", TenDollarsACall);
        await using var server = await ModelServer.StartAsync();
        var run = $"generate --endpoint {server.Url} --total_generations 12 --cache_file {cache.In("c.db")} --prices {cache.In("dear.json")}";
        await Cli.CompleteAsync(first.Path, run);
        var cost = first.Read<JsonElement>("manifest.json").GetProperty("paid").GetDecimal();
        Assert.InRange(cost, 120, 400);

        await Cli.CompleteAsync(second.Path, $"{run} --max_cost {(cost - 10).ToString(CultureInfo.InvariantCulture)}");

        Assert.Equal(0, second.Read<JsonElement>("manifest.json").GetProperty("paid").GetDecimal());
    }

    [Theory]
    [InlineData("outline")]
    [InlineData("freeform")]
    public async Task DryRun_Forecast_HoldsTheTruthAndTheManifestComparesThem(string mode)
    {
        using RunFolder dry = new(), real = new();
        await using var simulator = await Cli.StartSimulatorAsync(new SimulatorOptions());
        var run = $"generate --total_generations 60 --seed 5 --mode {mode} --similarity_threshold 0.99 --endpoint {simulator.BaseAddress} --no_cache";

        var forecast = (await Cli.CompleteAsync(dry.Path, $"{run} --dry_run")).Output;
        await Cli.CompleteAsync(real.Path, run);

        var manifest = real.Read<JsonElement>("manifest.json");
        var check = manifest.GetProperty("forecast");
        Assert.Empty(dry.Files);
        foreach (var (name, label) in new[] { ("calls", "calls"), ("prompt_tokens", "tokens in"), ("completion_tokens", "tokens out") })
        {
            var part = check.GetProperty(name);
            var (low, high, actual) = (part.GetProperty("low").GetDecimal(), part.GetProperty("high").GetDecimal(), part.GetProperty("actual").GetDecimal());
            Assert.Equal(manifest.GetProperty(name).GetDecimal(), actual);
            Assert.True(part.GetProperty("within").GetBoolean(), part.ToString());
            Assert.Matches(string.Create(CultureInfo.InvariantCulture, $"{label} +{Regex.Escape($"{low:N0} to {high:N0}")}"), forecast);
            Assert.True(high < 4 * low, "an interval so wide says nothing");
        }
    }

    [Theory]
    [InlineData("--max_cost 1 --prices none.json", "none.json has no price for gpt-4o-mini; add one to a copy of it and give --prices FILE")]
    [InlineData("--prices nowhere.json", "nowhere.json cannot be read: ")]
    [InlineData("--prices broken.json", "broken.json: line 1, column ")]
    [InlineData("--prices wrong.json", "wrong.json: \"m\" needs a price \"input\", a number not below 0; --prices needs a table like data/prices.json")]
    public async Task Generate_BadPrices_OneLineExit2(string options, string expected)
    {
        using var folder = new RunFolder();
        folder.Write("none.json", """{"models":{}}""");
        folder.Write("broken.json", """{"models" {}}""");
        folder.Write("wrong.json", """{"models":{"m":{"input":-1,"output":2}}}""");

        var result = await Cli.RunAsync(folder.Path, $"generate --total_generations 2 --endpoint http://127.0.0.1:9/v1 {options}");

        Assert.Equal(2, result.Code);
        Assert.Contains(expected, Assert.Single(result.ErrorLines));
    }
}
