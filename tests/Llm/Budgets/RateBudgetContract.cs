using DialogueMesh.Contracts.Randomness;
using DialogueMesh.Llm.Budgets;
using DialogueMesh.Tests.Llm.Throttling;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace DialogueMesh.Tests.Llm.Budgets;

/// <summary>What every <see cref="IRateBudget"/> must do; a class for each implementation derives from it.</summary>
public abstract class RateBudgetContract
{
    private const string Model = "gpt-4o-mini";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>A budget that knows nothing yet and takes its time from the clock.</summary>
    protected abstract IRateBudget Open(RateLimits allowed, TimeProvider time);

    [Fact]
    public void Take_Anything_NoMinuteAsTheServerSeesItExceedsALimit() => Check.QuickThrowOnFailure(Prop.ForAll(
        Loads().ToArbitrary(), load => ArrivalsOf(load).Holds(load.Limits)));

    [Theory]
    [InlineData(10, 0)]
    [InlineData(60, 0)]
    [InlineData(3000, 0)]
    [InlineData(0, 200_000)]
    [InlineData(500, 150_000)]
    public void Take_AlwaysMoreToSend_UsesNinetyFivePercent(long requests, long tokens)
    {
        var load = new Load(7, new RateLimits { Requests = Some(requests), Tokens = Some(tokens) }, 500, 0, Minutes: 10);

        var arrivals = ArrivalsOf(load).Within(Minute, 10 * Minute);

        Assert.True(
            arrivals.Count >= 0.95 * 9 * load.Limits.Requests || arrivals.Sum(call => call.Tokens.Total) >= 0.95 * 9 * load.Limits.Tokens,
            $"{arrivals.Count} calls of {arrivals.Sum(call => call.Tokens.Total)} tokens in 9 minutes");
    }

    [Fact]
    public void Take_AFreshMinute_IsSpreadOverIt()
    {
        var load = new Load(7, new RateLimits { Requests = 3000 }, 500, 0, Minutes: 2);

        var arrivals = ArrivalsOf(load);

        for (var second = 0; second < 120; second++)
        {
            Assert.InRange(arrivals.Within(TimeSpan.FromSeconds(second), TimeSpan.FromSeconds(second + 1)).Count, 0, 100);
        }
    }

    [Fact]
    public Task Settle_LessThanEstimated_MakesRoom() => Settled(new TokenCount(100, 100), lessWait: true);

    [Fact]
    public Task Settle_MoreThanEstimated_TakesRoom() => Settled(new TokenCount(500, 500), lessWait: false);

    [Fact]
    public async Task Take_LargerThanTheLimit_GoesWhenNothingElseIsBooked()
    {
        var budget = Open(new RateLimits { Tokens = 1000 }, new VirtualTime());

        Assert.True((await budget.TakeAsync(Model, new TokenCount(4000, 100), default)).IsBooked);
        Assert.False((await budget.TakeAsync(Model, new TokenCount(1, 1), default)).IsBooked);
    }

    [Fact]
    public async Task Learn_AnyLimits_TheTighterHoldsForThatModelAlone()
    {
        var budget = Open(new RateLimits { Requests = 500 }, new VirtualTime());

        await budget.LearnAsync(Model, new RateLimits { Requests = 3000, Tokens = 90_000 }, default);
        Assert.Equal(new RateLimits { Requests = 500, Tokens = 90_000 }, budget.Limits(Model));
        await budget.LearnAsync(Model, new RateLimits { Requests = 200 }, default);
        Assert.Equal(new RateLimits { Requests = 200, Tokens = 90_000 }, budget.Limits(Model));
        await budget.LearnAsync(Model, new RateLimits { Requests = 1000 }, default);
        Assert.Equal(new RateLimits { Requests = 500, Tokens = 90_000 }, budget.Limits(Model));
        Assert.Equal(new RateLimits { Requests = 500 }, budget.Limits("gpt-4o"));
    }

    [Fact]
    public async Task Take_OtherModel_HasABudgetOfItsOwn()
    {
        var budget = Open(new RateLimits { Requests = 1 }, new VirtualTime());

        Assert.True((await budget.TakeAsync(Model, default, default)).IsBooked);
        Assert.False((await budget.TakeAsync(Model, default, default)).IsBooked);
        Assert.True((await budget.TakeAsync("gpt-4o", default, default)).IsBooked);
    }

    private async Task Settled(TokenCount used, bool lessWait)
    {
        var budget = Open(new RateLimits { InputTokens = 1000, OutputTokens = 1000 }, new VirtualTime());
        var first = await budget.TakeAsync(Model, new TokenCount(300, 300), default);
        var asked = lessWait ? new TokenCount(850, 850) : new TokenCount(600, 600);
        var before = (await budget.TakeAsync(Model, asked, default)).Wait;

        await budget.SettleAsync(Model, first.Lease, used, default);

        var after = (await budget.TakeAsync(Model, asked, default)).Wait;
        Assert.True(lessWait ? after < before : after > before, $"{before} before, {after} after");
    }

    private static long? Some(long limit) => limit > 0 ? limit : null;

    private static Gen<Load> Loads() =>
        from seed in Gen.Choose(0, 1_000_000)
        from requests in Gen.Choose(0, 300)
        from tokens in Gen.Choose(0, 60_000)
        from input in Gen.Choose(0, 40_000)
        from output in Gen.Choose(0, 40_000)
        from pause in Gen.Choose(0, 3000)
        select new Load(
            seed,
            new RateLimits
            {
                Requests = Some(requests),
                Tokens = Some(tokens > 6000 ? tokens : 0),
                InputTokens = Some(input > 6000 ? input : 0),
                OutputTokens = Some(output > 6000 ? output : 0),
            },
            500,
            pause,
            Minutes: 4);

    /// <summary>Sends as much as the budget allows, with pauses, and over a network that takes up to the slack.</summary>
    private Arrivals ArrivalsOf(Load load)
    {
        var time = new VirtualTime();
        var budget = Open(load.Limits, time);
        var random = new SeededRandom(load.Seed, "load");
        var calls = new List<(TimeSpan At, TokenCount Tokens)>();
        time.Run(async () =>
        {
            while (time.Passed < load.Minutes * Minute && calls.Count < 40_000)
            {
                // The estimate is an upper bound here; how good it is, is not the budget's concern.
                var used = new TokenCount(random.Next(load.Tokens) + 1, random.Next(load.Tokens) + 1);
                var estimate = new TokenCount(used.Input + random.Next(50), used.Output + random.Next(50));
                var grant = await budget.TakeAsync(Model, estimate, default);
                if (!grant.IsBooked)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(grant.Wait.TotalMilliseconds)), time);
                    continue;
                }

                calls.Add((time.Passed + (random.NextDouble() * RateWindow.Slack), used));
                await budget.SettleAsync(Model, grant.Lease, used, default);
                if (load.Pause > 0 && random.NextDouble() < 0.05)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(random.Next(load.Pause)), time);
                }
                else if (load.Limits == RateLimits.None)
                {
                    await Task.Delay(TimeSpan.FromSeconds(1), time);
                }
            }
        });
        return new Arrivals([.. calls.OrderBy(call => call.At)]);
    }

    private sealed record Load(int Seed, RateLimits Limits, int Tokens, int Pause, int Minutes);

    private sealed record Arrivals(IReadOnlyList<(TimeSpan At, TokenCount Tokens)> Calls)
    {
        public List<(TimeSpan At, TokenCount Tokens)> Within(TimeSpan from, TimeSpan to) => [.. Calls.Where(call => call.At >= from && call.At < to)];

        public bool Holds(RateLimits limits)
        {
            var (oldest, used) = (0, default(TokenCount));
            for (var newest = 0; newest < Calls.Count; newest++)
            {
                used += Calls[newest].Tokens;
                while (Calls[newest].At - Calls[oldest].At >= Minute)
                {
                    used -= Calls[oldest++].Tokens;
                }

                if (newest - oldest + 1 > limits.Requests || used.Total > limits.Tokens
                    || used.Input > limits.InputTokens || used.Output > limits.OutputTokens)
                {
                    return false;
                }
            }

            return true;
        }
    }
}

public sealed class LocalRateBudgetTests : RateBudgetContract
{
    protected override IRateBudget Open(RateLimits allowed, TimeProvider time) => new LocalRateBudget(_ => allowed, time);
}
