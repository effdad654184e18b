using DialogueMesh.Llm;
using DialogueMesh.Llm.Budgets;
using DialogueMesh.Llm.OpenAI;
using Xunit;

namespace DialogueMesh.Tests.Llm;

public sealed class LimitHeadersTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("20ms", 0.02)]
    [InlineData("1s", 1.0)]
    [InlineData("8.64s", 8.64)]
    [InlineData("6m0s", 360.0)]
    [InlineData("1h2m3.5s", 3723.5)]
    [InlineData("2d", 172_800.0)]
    [InlineData("1s20ms", 1.02)]
    [InlineData("12", 12.0)]
    [InlineData("0.5", 0.5)]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("soon", null)]
    [InlineData("2026-01-31T12:00:00Z", null)]
    [InlineData("99999999999999999999s", null)]
    public void Duration_AsServersWriteIt_IsRead(string? text, double? seconds) =>
        Assert.Equal(seconds, LimitHeaders.Duration(text)?.TotalSeconds);

    [Fact]
    public async Task Complete_AnswersTellLimits_AreLearnedAndShown()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Completion(
            "{}",
            headers:
            [
                ("x-ratelimit-limit-requests", "10000"), ("x-ratelimit-reset-requests", "86.4s"),
                ("x-ratelimit-limit-tokens", "200000"), ("x-ratelimit-reset-tokens", "120ms"),
                ("x-ratelimit-limit-output-tokens", "nonsense"), ("x-ratelimit-limit-input-tokens", "150000"),
            ]));
        await using var client = new LlmClient(server.BaseAddress, limits: new RateLimits { Tokens = 300_000, OutputTokens = 80_000 });

        Assert.IsType<ChatOutcome.Answered>(await client.Model.CompleteAsync(LlmClient.Request(), Ct));

        // What takes longer than a minute to be free again is a limit per day.
        Assert.Equal(
            new RateLimits { Tokens = 200_000, InputTokens = 150_000, OutputTokens = 80_000 },
            Assert.Single(client.Counters.Activity().Models).Limits);
    }

    [Fact]
    public async Task Complete_TurnedAwayWithLimits_LearnsThemToo()
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Error(429, "Slow down.", "rate_limit_exceeded", ("x-ratelimit-limit-requests", "600")),
            ScriptedServer.Completion("{}"));
        await using var client = new LlmClient(server.BaseAddress);

        Assert.IsType<ChatOutcome.Answered>(await client.Model.CompleteAsync(LlmClient.Request(), Ct));

        Assert.Equal(new RateLimits { Requests = 600 }, Assert.Single(client.Counters.Activity().Models).Limits);
    }
}
