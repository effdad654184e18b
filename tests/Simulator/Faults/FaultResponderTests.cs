using System.Net;
using System.Text;
using System.Text.Json;
using DialogueMesh.Simulator;
using DialogueMesh.Simulator.Faults;
using Xunit;

namespace DialogueMesh.Tests.Simulator.Faults;

/// <summary>Each kind of fault as a client meets it, and the answer behind it.</summary>
public sealed class FaultResponderTests : IDisposable
{
    private const string Question = """{"model":"m","messages":[{"role":"user","content":"Hello"}]}""";
    private const string Answer = """{"text":"fine"}""";

    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(60) };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => http.Dispose();

    [Theory]
    [InlineData(Fault.RateLimited, 429, null)]
    [InlineData(Fault.RetryAfterSeconds, 429, "1")]
    [InlineData(Fault.RetryAfterDate, 429, "GMT")]
    [InlineData(Fault.ServerError, 500, null)]
    [InlineData(Fault.Overloaded, 503, null)]
    public async Task Chat_ErrorStatus_HasOpenAIsBody(Fault fault, int status, string? retryAfter)
    {
        await using var simulator = await StartAsync(fault);

        using var response = await AskAsync(simulator);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.EndsWith(retryAfter ?? "", response.Headers.RetryAfter?.ToString() ?? "", StringComparison.Ordinal);
        Assert.Equal(retryAfter is null, response.Headers.RetryAfter is null);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Ct));
        Assert.Equal(["message", "type", "param", "code"], body.RootElement.GetProperty("error").EnumerateObject().Select(property => property.Name));
        await AssertMendedAsync(simulator, fault);
    }

    [Theory]
    [InlineData(Fault.BadGateway, HttpStatusCode.BadGateway)]
    [InlineData(Fault.WrongContentType, HttpStatusCode.OK)]
    public async Task Chat_ProxyAnswers_IsAPage(Fault fault, HttpStatusCode status)
    {
        await using var simulator = await StartAsync(fault);

        using var response = await AskAsync(simulator);

        Assert.Equal((status, "text/html"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        await AssertMendedAsync(simulator, fault);
    }

    [Fact]
    public async Task Chat_Reset_BreaksOffMidBody()
    {
        await using var simulator = await StartAsync(Fault.Reset);

        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(simulator));
        await AssertMendedAsync(simulator, Fault.Reset);
    }

    [Fact]
    public async Task Chat_Truncated_IsWholeHttpAndHalfJson()
    {
        await using var simulator = await StartAsync(Fault.Truncated);

        using var response = await AskAsync(simulator);

        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(response.Content.ReadAsStream(Ct)));
        await AssertMendedAsync(simulator, Fault.Truncated);
    }

    [Fact]
    public async Task Chat_Silence_NeverAnswers()
    {
        await using var simulator = await StartAsync(Fault.Silence);
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AskAsync(simulator, patience.Token));
        await AssertMendedAsync(simulator, Fault.Silence);
    }

    [Theory]
    [InlineData(Fault.WrongSchema, "{\"unexpected\":true}")]
    [InlineData(Fault.MissingValues, "vague")]
    [InlineData(Fault.Huge, Answer + " " + Answer)]
    public async Task Chat_AnswerSpoiled_IsACompletionOfNoUse(Fault fault, string start)
    {
        await using var simulator = await StartAsync(fault);

        using var response = await AskAsync(simulator);
        var content = await ContentAsync(response);

        Assert.StartsWith(start, content.GetProperty("content").GetString(), StringComparison.Ordinal);
        Assert.Equal(fault == Fault.Huge, content.GetProperty("content").GetString()!.Length >= 10_000_000);
        await AssertMendedAsync(simulator, fault);
    }

    [Fact]
    public async Task Chat_Refusal_IsInItsOwnField()
    {
        await using var simulator = await StartAsync(Fault.Refusal);

        using var response = await AskAsync(simulator);
        var content = await ContentAsync(response);

        Assert.Equal(JsonValueKind.Null, content.GetProperty("content").ValueKind);
        Assert.Contains("can't help", content.GetProperty("refusal").GetString(), StringComparison.Ordinal);
        await AssertMendedAsync(simulator, Fault.Refusal);
    }

    private static Task<SimulatorHost> StartAsync(Fault fault) =>
        SimulatorHost.StartAsync(new SimulatorOptions { Faults = { [fault] = 1 } }, prompt => prompt.Vague ? "vague" : Answer, Ct);

    private Task<HttpResponseMessage> AskAsync(SimulatorHost simulator, CancellationToken? cancellation = null) => http.PostAsync(
        $"{simulator.BaseAddress}/chat/completions", new StringContent(Question, Encoding.UTF8, "application/json"), cancellation ?? Ct);

    /// <summary>What spoils answers does so once, all else twice.</summary>
    private async Task AssertMendedAsync(SimulatorHost simulator, Fault fault)
    {
        if (!FaultShares.Spoils(fault))
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
            await Record.ExceptionAsync(() => AskAsync(simulator, patience.Token));
        }

        using var response = await AskAsync(simulator);
        Assert.Equal(Answer, (await ContentAsync(response)).GetProperty("content").GetString());
        Assert.Equal([fault], simulator.Counts.Faults.Keys);
    }

    private static async Task<JsonElement> ContentAsync(HttpResponseMessage response) =>
        JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(Ct)).GetProperty("choices")[0].GetProperty("message");
}
