using System.Text;
using DialogueMesh.Llm;
using DialogueMesh.Llm.Retrying;
using DialogueMesh.Simulator;
using DialogueMesh.Simulator.Faults;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;
using Fault = DialogueMesh.Simulator.Faults.Fault;

namespace DialogueMesh.Tests.Llm;

public sealed class RetryTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, FaultCause> Faults => new()
    {
        { "408", FaultCause.RequestTimeout },
        { "409", FaultCause.Conflict },
        { "429", FaultCause.RateLimited },
        { "500", FaultCause.ServerError },
        { "503", FaultCause.ServerError },
        { "529", FaultCause.ServerError },
        { "reset", FaultCause.ConnectionLost },
        { "reset mid-body", FaultCause.ConnectionLost },
        { "reset while it drips", FaultCause.ConnectionLost },
        { "truncated", FaultCause.InvalidBody },
        { "oversize", FaultCause.InvalidBody },
        { "oversize in chunks", FaultCause.InvalidBody },
        { "wrong type", FaultCause.InvalidBody },
        { "html", FaultCause.InvalidBody },
        { "no choices", FaultCause.InvalidBody },
        { "empty", FaultCause.InvalidBody },
        { "silence", FaultCause.TimedOut },
        { "endless drip", FaultCause.TimedOut },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Complete_TransientFault_IsRetriedCountedAndLogged(string fault, FaultCause cause)
    {
        await using var server = await ScriptedServer.StartAsync(
            Faulty(fault), Faulty(fault), ScriptedServer.Completion("{\"text\":\"hi\"}"));
        await using var client = new LlmClient(
            server.BaseAddress, callTimeout: TimeSpan.FromMilliseconds(fault is "silence" or "endless drip" ? 300 : 30_000));

        var outcome = await client.Model.CompleteAsync(LlmClient.Request(), Ct);

        Assert.Equal("{\"text\":\"hi\"}", Assert.IsType<ChatOutcome.Answered>(outcome).Text);
        Assert.Equal(3, server.Calls);
        Assert.Equal(3, client.Counters.Calls);
        Assert.Equal(2, client.Counters.Retries);
        Assert.Equal(KeyValuePair.Create(cause, 2L), Assert.Single(client.Counters.Failures));
        var warnings = client.Log.Lines.Where(line => line.Level == LogLevel.Warning).ToList();

        // A burst of 429s is told once.
        Assert.Equal(cause == FaultCause.RateLimited ? 1 : 2, warnings.Count);
        Assert.All(warnings, line => Assert.StartsWith(server.BaseAddress.Authority, line.Text, StringComparison.Ordinal));
        if (char.IsDigit(fault[0]))
        {
            Assert.Contains(fault, warnings[0].Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Complete_FaultsGoOn_IsUnavailableAfterTheLastTry()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Error(503, "Overloaded."));
        await using var client = new LlmClient(server.BaseAddress, maxTries: 4);

        var unavailable = Assert.IsType<ChatOutcome.Unavailable>(await client.Model.CompleteAsync(LlmClient.Request(), Ct));

        Assert.Equal(4, server.Calls);
        Assert.Equal(
            $"{server.BaseAddress.Authority}: no answer in 4 tries, the last: 503 Overloaded. Try again later; the run can be resumed.",
            unavailable.Message);
    }

    [Theory]
    [InlineData("Retry-After", "7", 7)]
    [InlineData("Retry-After", "Sat, 31 Jan 2026 12:00:45 GMT", 45)]
    [InlineData("retry-after-ms", "1500", 1.5)]
    public async Task Complete_RetryAfter_IsWaitedForAndNotUndercut(string header, string value, double seconds)
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Error(429, "Slow down.", null, (header, value)), ScriptedServer.Completion("{}"));
        var time = new HurriedTime(Noon, TimeSpan.FromSeconds(30));
        await using var client = new LlmClient(server.BaseAddress, time: time);

        Assert.IsType<ChatOutcome.Answered>(await client.Model.CompleteAsync(LlmClient.Request(), Ct));

        var wait = Assert.Single(time.Waits);
        Assert.InRange(wait.TotalSeconds, seconds, seconds + 0.01);
    }

    [Fact]
    public async Task Complete_RetryAfterOnAServerError_IsNotUndercutAndJitterComesOnTop()
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Error(503, "Overloaded.", null, ("Retry-After", "7")), ScriptedServer.Completion("{}"));
        var time = new HurriedTime(Noon, TimeSpan.FromSeconds(30));
        await using var client = new LlmClient(server.BaseAddress, time: time);

        Assert.IsType<ChatOutcome.Answered>(await client.Model.CompleteAsync(LlmClient.Request(), Ct));

        Assert.InRange(Assert.Single(time.Waits).TotalSeconds, 7, 7.01);
    }

    [Fact]
    public async Task Complete_TurnedAwayMoreOftenThanThereAreTries_IsAnsweredInTheEnd()
    {
        RequestDelegate[] answers =
        [
            .. Enumerable.Repeat(ScriptedServer.Error(429, "Slow down.", null, ("retry-after-ms", "1")), 20),
            ScriptedServer.Error(500, "Oops."),
            ScriptedServer.Error(429, "Slow down.", null, ("retry-after-ms", "1")),
            ScriptedServer.Completion("{}"),
        ];
        await using var server = await ScriptedServer.StartAsync(answers);
        await using var client = new LlmClient(server.BaseAddress, maxTries: 2);

        Assert.IsType<ChatOutcome.Answered>(await client.Model.CompleteAsync(LlmClient.Request(), Ct));

        Assert.Equal(21, client.Counters.Activity().RateLimited);
        Assert.Equal(22, client.Counters.Retries);
    }

    [Fact]
    public async Task Complete_EveryCallTurnedAwayForTenMinutes_IsUnavailable()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Error(429, "Slow down.", null, ("Retry-After", "50")));
        var time = new HurriedTime(Noon, TimeSpan.FromSeconds(30));
        await using var client = new LlmClient(server.BaseAddress, time: time);

        var unavailable = Assert.IsType<ChatOutcome.Unavailable>(await client.Model.CompleteAsync(LlmClient.Request(), Ct));

        Assert.InRange(server.Calls, 13, 14);
        Assert.Contains("turned every call away for 10 min, the last: 429 Slow down.", unavailable.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Complete_RetryAfterOfHours_IsUnavailableAtOnce()
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Error(429, "Daily limit reached.", null, ("Retry-After", "7200")));
        await using var client = new LlmClient(server.BaseAddress);

        var unavailable = Assert.IsType<ChatOutcome.Unavailable>(await client.Model.CompleteAsync(LlmClient.Request(), Ct));

        Assert.Equal(1, server.Calls);
        Assert.Contains("asks to wait 120 min: 429 Daily limit reached.", unavailable.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Complete_ManyFaults_WaitsGrowUpToTheCapWithJitter()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Error(500, "Oops."));
        var time = new HurriedTime(Noon, TimeSpan.FromSeconds(30));
        await using var client = new LlmClient(server.BaseAddress, baseDelay: TimeSpan.FromSeconds(1), maxTries: 40, time: time);

        await client.Model.CompleteAsync(LlmClient.Request(), Ct);

        var waits = time.Waits.Select(wait => wait.TotalSeconds).ToArray();
        Assert.Equal(39, waits.Length);
        Assert.All(waits.Index(), each => Assert.InRange(each.Item, 0, Math.Min(30, Math.Pow(2, each.Index))));
        Assert.True(waits.Max() > 20, "the later waits use the room the cap leaves");
        Assert.True(waits.Distinct().Count() > 30, "jitter spreads them");
    }

    [Fact]
    public async Task Complete_SimulatorFaultsOfDelivery_AnswersEqualThoseWithout()
    {
        var expected = await AnswersAsync(new SimulatorOptions());

        // Each wait that the server asks for holds all calls for a second or two.
        var faulty = await AnswersAsync(new SimulatorOptions
        {
            Faults = FaultShares.Deliveries.ToDictionary(kind => kind, kind => kind is Fault.RetryAfterSeconds or Fault.RetryAfterDate ? 0.01 : 0.06),
            DelayMilliseconds = 2,
        });

        Assert.Equal(expected.Answers, faulty.Answers);
        Assert.Empty(expected.Failures);
        Assert.Equal(
            [FaultCause.RateLimited, FaultCause.ServerError, FaultCause.TimedOut, FaultCause.ConnectionLost, FaultCause.InvalidBody],
            faulty.Failures.Keys.Order());
    }

    private static async Task<(ChatOutcome[] Answers, IReadOnlyDictionary<FaultCause, long> Failures)> AnswersAsync(
        SimulatorOptions options)
    {
        options.ApiKey = LlmClient.Canary;
        await using var simulator = await SimulatorHost.StartAsync(options, prompt => $"{{\"text\":\"{prompt.RequestHash}\"}}", Ct);
        await using var client = new LlmClient(simulator.BaseAddress, endpointName: "simulator", callTimeout: TimeSpan.FromSeconds(3));
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(seed => client.Model.CompleteAsync(LlmClient.Request(seed), Ct)));
        Assert.All(answers, answer => Assert.IsType<ChatOutcome.Answered>(answer));
        Assert.DoesNotContain("canary", client.Log.All, StringComparison.Ordinal);
        return (answers, client.Counters.Failures);
    }

    private static async Task DripAsync(HttpContext context, int bytes)
    {
        context.Response.ContentType = "application/json";
        for (var sent = 0; sent < bytes; sent++)
        {
            await context.Response.Body.WriteAsync(" "u8.ToArray(), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(5, context.RequestAborted);
        }
    }

    private static RequestDelegate Faulty(string fault) => fault switch
    {
        "reset" => context =>
        {
            context.Abort();
            return Task.CompletedTask;
        }
        ,
        "reset mid-body" => async context =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes("{\"id\":"));
            await context.Response.Body.FlushAsync();
            context.Abort();
        }
        ,
        "reset while it drips" => async context =>
        {
            await DripAsync(context, bytes: 20);
            context.Abort();
        }
        ,
        "endless drip" => context => DripAsync(context, bytes: int.MaxValue),
        "oversize" => ScriptedServer.Json(200, ScriptedServer.CompletionBody(new string('x', 10 << 20))),
        "oversize in chunks" => async context =>
        {
            context.Response.ContentType = "application/json";
            var chunk = Encoding.UTF8.GetBytes(new string(' ', 1 << 16));
            for (var sent = 0; sent < 10 << 20; sent += chunk.Length)
            {
                await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
            }
        }
        ,
        "wrong type" => context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            return context.Response.WriteAsync(ScriptedServer.CompletionBody("{}"));
        }
        ,
        "truncated" => ScriptedServer.Json(200, "{\"id\":\"chatcmpl-1\",\"choices\":[{\"ind"),
        "html" => ScriptedServer.Json(200, "<html>Welcome to the hotel's network</html>"),
        "no choices" => ScriptedServer.Json(200, "{\"id\":\"chatcmpl-1\",\"choices\":[]}"),
        "empty" => ScriptedServer.Json(200, ""),
        "silence" => ScriptedServer.Never,
        _ => ScriptedServer.Error(int.Parse(fault, System.Globalization.CultureInfo.InvariantCulture), "Passing."),
    };
}
