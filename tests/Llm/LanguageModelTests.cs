using System.Text.Json;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Llm;
using DialogueMesh.Simulator;
using Microsoft.Extensions.Logging;
using Xunit;

namespace DialogueMesh.Tests.Llm;

public sealed class LanguageModelTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Complete_SimulatorAnswers_GivesTextAndUsage()
    {
        await using var simulator = await SimulatorHost.StartAsync(new SimulatorOptions(), Echo, Ct);
        await using var client = new LlmClient(simulator.BaseAddress, endpointName: "simulator");

        var outcome = await client.Model.CompleteAsync(LlmClient.Request(seed: -42), Ct);

        var answered = Assert.IsType<ChatOutcome.Answered>(outcome);
        Assert.Equal("""{"text":"gpt-4o-mini|You write dialogues.|Say hello.|greeting|-42|0.7"}""", answered.Text);
        Assert.True(answered.Usage.PromptTokens > 0);
        Assert.Equal((answered.Text.Length + 3) / 4, answered.Usage.CompletionTokens);
        Assert.Equal(0m, answered.Usage.Cost);
        Assert.Equal(1, answered.Usage.Calls);
        Assert.DoesNotContain(client.Log.Lines, line => line.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task Complete_AnyServer_GetsAllParameters()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Completion("{}"));
        await using var client = new LlmClient(server.BaseAddress);

        await client.Model.CompleteAsync(LlmClient.Request(seed: 9_007_199_254_740_993), Ct);

        using var body = JsonDocument.Parse(Assert.Single(server.Bodies));
        var root = body.RootElement;
        Assert.Equal("gpt-4o-mini", root.GetProperty("model").GetString());
        Assert.Equal("0.7", root.GetProperty("temperature").GetRawText());
        Assert.Equal("0.85", root.GetProperty("top_p").GetRawText());
        Assert.Equal("0.2", root.GetProperty("frequency_penalty").GetRawText());
        Assert.Equal("0.4", root.GetProperty("presence_penalty").GetRawText());
        Assert.Equal(9_007_199_254_740_993, root.GetProperty("seed").GetInt64());
        var schema = root.GetProperty("response_format").GetProperty("json_schema");
        Assert.True(schema.GetProperty("strict").GetBoolean());
        Assert.Equal("greeting", schema.GetProperty("name").GetString());
        Assert.Equal("object", schema.GetProperty("schema").GetProperty("type").GetString());
        Assert.Equal($"Bearer {LlmClient.Canary}", Assert.Single(server.Authorizations));
    }

    [Theory]
    [InlineData("gpt-4o-mini", 0.00045)]
    [InlineData("gpt-4o-mini-2024-07-18", 0.00045)]
    [InlineData("gpt-4o", 0.0075)]
    public async Task Complete_KnownModel_CostsItsPrice(string model, double dollars)
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Completion("{}"));
        await using var client = new LlmClient(server.BaseAddress);

        var outcome = await client.Model.CompleteAsync(LlmClient.Request(model: model), Ct);

        Assert.Equal((decimal)dollars, Assert.IsType<ChatOutcome.Answered>(outcome).Usage.Cost);
    }

    [Fact]
    public async Task Complete_UnknownModel_CostsNothingAndWarnsOnce()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Completion("{}"));
        await using var client = new LlmClient(server.BaseAddress);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(seed =>
            client.Model.CompleteAsync(LlmClient.Request(seed, model: "llama-70b"), Ct)));

        Assert.All(outcomes, outcome => Assert.Equal(0m, Assert.IsType<ChatOutcome.Answered>(outcome).Usage.Cost));
        var warning = Assert.Single(client.Log.Lines, line => line.Level == LogLevel.Warning);
        Assert.Contains("llama-70b", warning.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("length", null, RejectionReason.Truncated)]
    [InlineData("content_filter", null, RejectionReason.ContentFiltered)]
    [InlineData("stop", "I can't\nhelp with that.", RejectionReason.Refused)]
    public async Task Complete_UnusableAnswer_IsDeclinedAtOnceAndPaidFor(string finish, string? refusal, RejectionReason reason)
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Completion(refusal is null ? "{\"te" : null, finish, refusal));
        await using var client = new LlmClient(server.BaseAddress);

        var declined = Assert.IsType<ChatOutcome.Declined>(await client.Model.CompleteAsync(LlmClient.Request(), Ct));

        Assert.Equal(reason, declined.Reason);
        Assert.DoesNotContain('\n', declined.Detail);
        Assert.Equal(new Usage(1000, 500, 0.00045m, 1), declined.Usage);
        Assert.Equal(1, server.Calls);
    }

    [Fact]
    public async Task Complete_PromptFiltered_IsDeclinedNotUnavailable()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Error(400, "The prompt was filtered.", "content_filter"));
        await using var client = new LlmClient(server.BaseAddress);

        var declined = Assert.IsType<ChatOutcome.Declined>(await client.Model.CompleteAsync(LlmClient.Request(), Ct));

        Assert.Equal(RejectionReason.ContentFiltered, declined.Reason);
    }

    [Theory]
    [InlineData(400, "Unsupported parameter: 'top_p' is not supported with this model.", "unsupported_parameter", "sampling parameters")]
    [InlineData(401, "Incorrect API key provided: " + LlmClient.Canary, "invalid_api_key", "Check the API key")]
    [InlineData(403, "You may not.", null, "permissions")]
    [InlineData(404, "The model `x` does not exist", "model_not_found", "Check the model's name")]
    [InlineData(429, "You exceeded your current quota,\nplease check your plan.", "insufficient_quota", "billing")]
    public async Task Complete_ErrorNoRetryMends_IsUnavailableAtOnceInOneLine(int status, string message, string? code, string advice)
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Error(status, message, code));
        await using var client = new LlmClient(server.BaseAddress);

        var unavailable = Assert.IsType<ChatOutcome.Unavailable>(await client.Model.CompleteAsync(LlmClient.Request(), Ct));

        Assert.Equal(1, server.Calls);
        Assert.StartsWith($"{server.BaseAddress.Authority}: {status} {message[..10]}", unavailable.Message, StringComparison.Ordinal);
        Assert.Contains(advice, unavailable.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', unavailable.Message);
        Assert.DoesNotContain("canary", unavailable.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", client.Log.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Complete_Redirect_IsNotFollowed()
    {
        await using var elsewhere = await ScriptedServer.StartAsync(ScriptedServer.Completion("{}"));
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Json(307, "", ("Location", $"{elsewhere.BaseAddress}/chat/completions")));
        await using var client = new LlmClient(server.BaseAddress);

        var unavailable = Assert.IsType<ChatOutcome.Unavailable>(await client.Model.CompleteAsync(LlmClient.Request(), Ct));

        Assert.Equal(0, elsewhere.Calls);
        Assert.Contains("Redirects are not followed", unavailable.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Complete_NothingListens_IsUnavailableAtOnce()
    {
        Uri gone;
        await using (var server = await ScriptedServer.StartAsync(ScriptedServer.Completion("{}")))
        {
            gone = server.BaseAddress;
        }

        await using var client = new LlmClient(gone, baseDelay: TimeSpan.FromSeconds(20));

        var unavailable = Assert.IsType<ChatOutcome.Unavailable>(await client.Model.CompleteAsync(LlmClient.Request(), Ct));

        Assert.StartsWith($"{gone.Authority}: the connection was refused", unavailable.Message, StringComparison.Ordinal);
        Assert.Equal(1, client.Counters.Calls);
    }

    [Fact]
    public async Task Complete_ServerGoesAwayDuringTheRun_IsTriedAgain()
    {
        await using var client = await ClientOfStoppedServerAsync(maxTries: 3);

        var unavailable = Assert.IsType<ChatOutcome.Unavailable>(await client.Model.CompleteAsync(LlmClient.Request(2), Ct));

        Assert.Contains("no answer in 3 tries", unavailable.Message, StringComparison.Ordinal);
        Assert.Equal(4, client.Counters.Calls);
        Assert.Equal(2, client.Counters.Retries);
    }

    private static async Task<LlmClient> ClientOfStoppedServerAsync(int maxTries)
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Completion("{}"));
        var client = new LlmClient(server.BaseAddress, maxTries: maxTries);
        Assert.IsType<ChatOutcome.Answered>(await client.Model.CompleteAsync(LlmClient.Request(1), Ct));
        return client;
    }

    [Fact]
    public async Task Complete_CallerCancels_ThrowsSoon()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Never);
        await using var client = new LlmClient(server.BaseAddress);
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.Model.CompleteAsync(LlmClient.Request(), cancel.Token))
            .WaitAsync(TimeSpan.FromSeconds(10), Ct);

        Assert.Equal(0, client.Counters.InFlight);
        Assert.Empty(client.Counters.Failures);
    }

    [Fact]
    public async Task Activity_AfterCalls_TellsWhatWasDone()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Error(429, "Slow down."), ScriptedServer.Completion("{}"));
        await using var client = new LlmClient(server.BaseAddress);

        await client.Model.CompleteAsync(LlmClient.Request(), Ct);

        var activity = client.Counters.Activity();
        Assert.Equal(2, activity.Calls);
        Assert.Equal(1, activity.RateLimited);
        Assert.Equal((0, 0), (activity.InFlight, activity.Waiting));
        Assert.True(activity.CallsPerSecond > 0);
        Assert.True(activity.TokensPerSecond > 100 * activity.CallsPerSecond, "1,500 tokens in two calls");
    }

    [Fact]
    public async Task Complete_OneSlowCall_BlocksNoOther()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Never, ScriptedServer.Completion("{}"));
        await using var client = new LlmClient(server.BaseAddress);
        using var cancel = new CancellationTokenSource();
        var slow = client.Model.CompleteAsync(LlmClient.Request(1), cancel.Token);
        while (server.Calls == 0)
        {
            await Task.Delay(5, Ct);
        }

        Assert.IsType<ChatOutcome.Answered>(
            await client.Model.CompleteAsync(LlmClient.Request(2), Ct).WaitAsync(TimeSpan.FromSeconds(10), Ct));

        Assert.False(slow.IsCompleted);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => slow);
    }

    private static string Echo(ChatPrompt prompt) => JsonSerializer.Serialize(new
    {
        text = FormattableString.Invariant(
            $"{prompt.Model}|{prompt.System}|{prompt.User}|{prompt.SchemaName}|{prompt.Seed}|{prompt.Temperature}"),
    });
}
