using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DialogueMesh.Simulator;
using DialogueMesh.Simulator.Limits;
using DialogueMesh.Tests.Cli;
using Xunit;

namespace DialogueMesh.Tests.Simulator.Limits;

public sealed class LimitTests : IAsyncDisposable
{
    private readonly ManualTime time = new();
    private readonly HttpClient http = new();
    private SimulatorHost? simulator;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await (simulator?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Fact]
    public async Task Chat_WithinTheLimits_SaysWhereTheyStand()
    {
        await StartAsync(new LimitOptions { RequestsPerMinute = 3, TokensPerMinute = 1000, InputTokensPerMinute = 500, OutputTokensPerMinute = 600 });

        using var first = await AskAsync();
        time.Advance(1.25);
        using var second = await AskAsync();

        AssertLimit(first, "requests", "3", "2", "1m0s");
        AssertLimit(second, "requests", "3", "1", "1m0s");
        AssertLimit(second, "tokens", "1000", "976", "1m0s");
        AssertLimit(second, "input-tokens", "500", "496", "1m0s");
        AssertLimit(second, "output-tokens", "600", "580", "1m0s");
    }

    [Fact]
    public async Task Chat_OverTheRequestLimit_Is429UntilTheFirstIsSixtySecondsOld()
    {
        await StartAsync(new LimitOptions { RequestsPerMinute = 2 });

        using var first = await AskAsync();
        time.Advance(10.5);
        using var second = await AskAsync();
        time.Advance(20);
        using var third = await AskAsync();
        time.Advance(29.499);
        using var early = await AskAsync();
        time.Advance(0.001);
        using var late = await AskAsync();

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests, HttpStatusCode.OK],
            [first.StatusCode, second.StatusCode, third.StatusCode, early.StatusCode, late.StatusCode]);
        AssertLimit(third, "requests", "2", "0", "40s");
        Assert.Equal("30", third.Headers.RetryAfter!.ToString());
        var error = (await third.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("error");
        Assert.Equal(
            "Rate limit reached for m on requests per min: Limit 2, Used 2, Requested 1. Please try again in 29.5s.", error.GetProperty("message").GetString());
        Assert.Equal("requests", error.GetProperty("type").GetString());
        Assert.Equal("rate_limit_exceeded", error.GetProperty("code").GetString());
        Assert.Equal((5, 2), (simulator!.Counts.Calls, simulator.Counts.OverLimit));
    }

    /// <summary>A call has 2 tokens and its answer 10.</summary>
    [Theory]
    [InlineData(23, 0, 0, "tokens", 12)]
    [InlineData(0, 3, 0, "input-tokens", 2)]
    [InlineData(0, 0, 19, "output-tokens", 10)]
    public async Task Chat_OverATokenLimit_NamesIt(int both, int input, int output, string name, int requested)
    {
        await StartAsync(new LimitOptions { TokensPerMinute = both, InputTokensPerMinute = input, OutputTokensPerMinute = output });

        using var first = await AskAsync();
        using var second = await AskAsync();

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.TooManyRequests), (first.StatusCode, second.StatusCode));
        var error = (await second.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("error");
        Assert.Equal(name, error.GetProperty("type").GetString());
        Assert.Contains($"Used {requested}, Requested {requested}. Please try again in 1m0s.", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_LargerThanALimit_IsToldSoWithoutAWait()
    {
        await StartAsync(new LimitOptions { TokensPerMinute = 5 });

        using var answer = await AskAsync();

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Null(answer.Headers.RetryAfter);
        Assert.Contains("Request too large", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RetryAfterForm.None, null)]
    [InlineData(RetryAfterForm.Seconds, "60")]
    [InlineData(RetryAfterForm.Date, "Sat, 31 Jan 2026 12:01:00 GMT")]
    public async Task Chat_OverALimitWithoutHeaders_WaitsInTheFormAskedFor(RetryAfterForm form, string? expected)
    {
        await StartAsync(new LimitOptions { RequestsPerMinute = 1, Headers = false, RetryAfter = form });

        using var first = await AskAsync();
        using var second = await AskAsync();

        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        Assert.Equal(expected, second.Headers.RetryAfter?.ToString());
        Assert.DoesNotContain(first.Headers.Concat(second.Headers), header => header.Key.StartsWith("x-ratelimit", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Limits_OtherModelAndModerations_AreCountedApart()
    {
        await StartAsync(new LimitOptions { RequestsPerMinute = 1 });

        using var first = await AskAsync();
        using var other = await AskAsync("other");
        using var moderation = await http.PostAsJsonAsync($"{simulator!.BaseAddress}/moderations", new { model = "m", input = "hello" }, Ct);

        Assert.All([first, other, moderation], answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(0.0001, "1ms")]
    [InlineData(0.12, "120ms")]
    [InlineData(1, "1s")]
    [InlineData(6.0015, "6.002s")]
    [InlineData(60, "1m0s")]
    public void Duration_Written_IsOpenAIs(double seconds, string expected) => Assert.Equal(expected, LimitHeaders.Duration(TimeSpan.FromSeconds(seconds)));

    private static void AssertLimit(HttpResponseMessage answer, string name, params string[] figures) =>
        Assert.Equal(figures, new[] { "limit", "remaining", "reset" }.Select(part => answer.Headers.GetValues($"x-ratelimit-{part}-{name}").Single()));

    private async Task StartAsync(LimitOptions limits) =>
        simulator = await SimulatorHost.StartAsync(new SimulatorOptions { Limits = limits }, _ => new string('a', 40), time, Ct);

    private Task<HttpResponseMessage> AskAsync(string model = "m") => http.PostAsJsonAsync(
        $"{simulator!.BaseAddress}/chat/completions", new { model, messages = new[] { new { role = "user", content = "Hello" } } }, Ct);
}
