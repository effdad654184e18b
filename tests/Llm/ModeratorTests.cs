using System.Text.Json;
using DialogueMesh.Llm;
using DialogueMesh.Simulator;
using DialogueMesh.Simulator.Faults;
using Xunit;

namespace DialogueMesh.Tests.Llm;

public sealed class ModeratorTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Check_HarmlessDialogue_IsClean()
    {
        await using var simulator = await SimulatorHost.StartAsync(new SimulatorOptions(), _ => "", Ct);
        await using var client = new LlmClient(simulator.BaseAddress);

        var outcome = await client.Moderator.CheckAsync(["I had a heart attack of a day; shoot me an email.", "Of course."], Ct);

        Assert.IsType<ModerationOutcome.Clean>(outcome);
        Assert.Equal(1, client.Counters.Calls);
    }

    [Fact]
    public async Task Check_OneThreatAmongMany_IsFlaggedWithItsCategories()
    {
        await using var simulator = await SimulatorHost.StartAsync(new SimulatorOptions { Faults = { [Fault.Reset] = 0.5, [Fault.Truncated] = 0.5 } }, _ => "", Ct);
        await using var client = new LlmClient(simulator.BaseAddress);

        var outcome = await client.Moderator.CheckAsync(["Hello.", "Hi.", "Book it or I’ll hurt you!", "I see."], Ct);

        Assert.Equal(["harassment/threatening", "violence"], Assert.IsType<ModerationOutcome.Flagged>(outcome).Categories);
    }

    [Fact]
    public async Task Check_EndpointDown_IsUnavailable()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Error(500, "Down."));
        await using var client = new LlmClient(server.BaseAddress, maxTries: 2);

        var outcome = await client.Moderator.CheckAsync(["Hello."], Ct);

        Assert.Contains("in 2 tries, the last: 500 Down.", Assert.IsType<ModerationOutcome.Unavailable>(outcome).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(0)]
    public async Task Check_WrongNumberOfResults_IsUnavailable(int results)
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json(200, Results(results, new { flagged = false, categories = new { } })));
        await using var client = new LlmClient(server.BaseAddress, maxTries: 2);

        var outcome = await client.Moderator.CheckAsync(["Hello.", "Hi."], Ct);

        Assert.Contains($"{results} results for 2 texts", Assert.IsType<ModerationOutcome.Unavailable>(outcome).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_ResultWithoutVerdict_LetsNothingPass()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json(200, Results(2, new { categories = new { } })));
        await using var client = new LlmClient(server.BaseAddress, maxTries: 2);

        Assert.IsType<ModerationOutcome.Unavailable>(await client.Moderator.CheckAsync(["Hello.", "Hi."], Ct));
    }

    [Fact]
    public async Task Check_CategoryTheSdkDoesNotKnow_IsNamed()
    {
        var result = new { flagged = true, categories = new Dictionary<string, bool> { ["brand-new"] = true, ["violence"] = false } };
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json(200, Results(1, result)));
        await using var client = new LlmClient(server.BaseAddress, maxTries: 1);

        var outcome = await client.Moderator.CheckAsync(["Hello."], Ct);

        Assert.Equal(["brand-new"], Assert.IsType<ModerationOutcome.Flagged>(outcome).Categories);
    }

    private static string Results(int count, object result) => JsonSerializer.Serialize(new
    {
        id = "modr-1",
        model = "omni-moderation-latest",
        results = Enumerable.Repeat(result, count),
    });
}
