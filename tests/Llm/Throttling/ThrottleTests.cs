using DialogueMesh.Llm;
using DialogueMesh.Llm.Budgets;
using DialogueMesh.Llm.Counting;
using DialogueMesh.Llm.Throttling;
using Xunit;

namespace DialogueMesh.Tests.Llm.Throttling;

public sealed class ThrottleTests
{
    private readonly VirtualTime time = new();

    [Theory]
    [InlineData(3000)]
    [InlineData(500)]
    [InlineData(20)]
    public void Limit_Told_IsUsedAndNeverExceeded(int requests)
    {
        var server = new LimitedServer(new RateLimits { Requests = requests }, time) { Tells = true };

        server.Serve(minutes: 6);

        Assert.InRange(server.TakenIn(1, 6), 0.95 * 5 * requests, 5 * requests);
        Assert.InRange(server.TurnedAway.Count, 0, 0.01 * server.Taken.Count);
    }

    [Fact]
    public void Limit_GivenByTheUser_MeansNoCallIsTurnedAway()
    {
        var limits = new RateLimits { Requests = 600 };
        var server = new LimitedServer(limits, time) { Median = 0.5 };

        server.Serve(minutes: 6, allowed: limits);

        Assert.InRange(server.TakenIn(1, 6), 0.95 * 5 * 600, 5 * 600);
        Assert.Empty(server.TurnedAway);
    }

    [Theory]
    [InlineData(1_000_000, null, null)]
    [InlineData(null, 300_000, 900_000)]
    [InlineData(null, 900_000, 300_000)]
    public void Tokens_Told_AreUsedAndHardlyEverExceeded(int? tokens, int? input, int? output)
    {
        var limits = new RateLimits { Tokens = tokens, InputTokens = input, OutputTokens = output };
        var server = new LimitedServer(limits, time) { Tells = true };

        server.Serve(minutes: 6);

        // A call has 3,050 tokens on average, nearly evenly of both kinds.
        var calls = tokens / 3050.0 ?? Math.Min(input!.Value, output!.Value) / 1525.0;
        Assert.InRange(server.TakenIn(1, 6), 0.95 * 5 * calls, 1.03 * 5 * calls);
        Assert.InRange(server.TurnedAway.Count, 0, 0.01 * server.Taken.Count);
    }

    [Theory]
    [InlineData(3000, 8, true)]
    [InlineData(3000, 8, false)]
    [InlineData(600, 1, true)]
    [InlineData(600, 0.2, false)]
    [InlineData(60, 8, true)]
    [InlineData(60, 8, false)]
    public void Limit_ShownBy429sAlone_IsFoundAndUsed(int requests, double median, bool saysWhen)
    {
        var server = new LimitedServer(new RateLimits { Requests = requests }, time) { Median = median, SaysWhen = saysWhen };

        server.Serve(minutes: 12);

        Assert.InRange(server.TakenIn(2, 12), 0.85 * 10 * requests, 10 * requests);

        // The first burst may be as large as what a short latency lets through before its first 429 is back.
        Assert.InRange(server.TurnedAway.Count, 1, Math.Max(requests, 0.02 * server.Taken.Count));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    public void Parallel_LimitedByTheServer_IsFoundAndUsed(int most)
    {
        var server = new LimitedServer(RateLimits.None, time) { MostInFlight = most, SaysWhen = false };

        server.Serve(minutes: 12);

        // Lognormal: the mean is e^(0.5²/2) medians.
        var perMinute = most * 60 / (8 * Math.Exp(0.125));
        Assert.InRange(server.TakenIn(2, 12), 0.7 * 10 * perMinute, 10.2 * perMinute);
        Assert.InRange(server.TurnedAway.Count, 1, 0.1 * server.Taken.Count);
    }

    [Fact]
    public void MaxParallel_AnyServer_IsNeverExceeded()
    {
        var most = 0;
        var inFlight = 0;
        var throttle = Throttle(maxParallel: 40);
        time.Run(() => Task.WhenAll(Enumerable.Range(0, 500).Select(async _ =>
        {
            var pass = await throttle.EnterAsync(100, CancellationToken.None);
            most = Math.Max(most, ++inFlight);
            await Task.Delay(TimeSpan.FromSeconds(1), time);
            inFlight--;
            await throttle.TakenAsync(pass, null, RateLimits.None, CancellationToken.None);
        })));

        Assert.Equal(40, most);
    }

    [Fact]
    public void TurnedAway_BurstOfMany_CutsOnceAndHolds()
    {
        var counters = new LlmCounters(time);
        var throttle = Throttle(maxParallel: 8, counters);
        time.Run(async () =>
        {
            var passes = new List<Pass>();
            for (var i = 0; i < 8; i++)
            {
                passes.Add(await throttle.EnterAsync(100, CancellationToken.None));
            }

            for (var i = 0; i < 5; i++)
            {
                var (begins, _) = await throttle.TurnedAwayAsync(passes[i], TimeSpan.FromSeconds(7), RateLimits.None, CancellationToken.None);
                Assert.Equal(i == 0, begins);
            }

            Assert.Equal(6, Assert.Single(counters.Activity().Models).Concurrency);
            await throttle.EnterAsync(100, CancellationToken.None);
            Assert.Equal(TimeSpan.FromSeconds(7), time.Passed);
        });
    }

    [Fact]
    public void TurnedAway_AgainAndAgainWithoutASayWhen_WaitsLongerUpToHalfAMinute()
    {
        var throttle = Throttle(maxParallel: 32);
        var sent = new List<double>();
        time.Run(async () =>
        {
            for (var i = 0; i < 8; i++)
            {
                var pass = await throttle.EnterAsync(100, CancellationToken.None);
                sent.Add(time.Passed.TotalSeconds);
                await throttle.TurnedAwayAsync(pass, null, RateLimits.None, CancellationToken.None);
            }
        });

        Assert.Equal([0, 2, 6, 14, 30, 60, 90, 120], sent);
    }

    [Fact]
    public async Task Enter_Cancelled_LeavesTheQueueToTheOthers()
    {
        var throttle = new ModelThrottle(
            "m", Options(1), new LocalRateBudget(_ => RateLimits.None, TimeProvider.System), new LlmCounters(TimeProvider.System), TimeProvider.System);
        var first = await throttle.EnterAsync(100, CancellationToken.None);
        using var cancel = new CancellationTokenSource();
        var heads = throttle.EnterAsync(100, cancel.Token);
        var queued = throttle.EnterAsync(100, cancel.Token);
        var last = throttle.EnterAsync(100, CancellationToken.None);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => heads);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queued);
        Assert.False(last.IsCompleted);
        throttle.Lost();
        await last.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.NotEqual(first.Counted, (await last).Counted);
    }

    private static LlmOptions Options(int maxParallel) => new() { Endpoint = new Uri("http://localhost/v1"), MaxParallel = maxParallel };

    private ModelThrottle Throttle(int maxParallel, LlmCounters? counters = null) => new(
        "m", Options(maxParallel), new LocalRateBudget(_ => RateLimits.None, time), counters ?? new LlmCounters(time), time);
}
