using DialogueMesh.Contracts.Randomness;
using DialogueMesh.Llm;
using DialogueMesh.Llm.Budgets;
using DialogueMesh.Llm.Counting;
using DialogueMesh.Llm.Throttling;

namespace DialogueMesh.Tests.Llm.Throttling;

/// <summary>A server with limits, and callers that always have one more call for it, on a virtual clock.</summary>
internal sealed class LimitedServer(RateLimits limits, VirtualTime time)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly SlidingWindow window = new(Minute);
    private readonly SeededRandom random = new(42, "server");
    private int inFlight;

    public const int Characters = 6000;

    /// <summary>Whether answers carry the limits.</summary>
    public bool Tells { get; init; }

    /// <summary>Whether 429s say how long to wait.</summary>
    public bool SaysWhen { get; init; } = true;

    public int MostInFlight { get; init; } = int.MaxValue;

    /// <summary>Of answers, in seconds; they are lognormal.</summary>
    public double Median { get; init; } = 8;

    /// <summary>Moments at which calls were taken and turned away.</summary>
    public List<TimeSpan> Taken { get; } = [];

    public List<TimeSpan> TurnedAway { get; } = [];

    public long Tokens { get; private set; }

    public int TakenIn(double fromMinute, double toMinute) => Taken.Count(at => at >= fromMinute * Minute && at < toMinute * Minute);

    /// <summary>Sends all that the throttle lets go for so many minutes.</summary>
    public void Serve(double minutes, int maxParallel = 512, RateLimits? allowed = null)
    {
        var budget = new LocalRateBudget(_ => allowed ?? RateLimits.None, time);
        var options = new LlmOptions { Endpoint = new Uri("http://localhost/v1"), MaxParallel = maxParallel };
        using var throttle = new ModelThrottle("m", options, budget, new LlmCounters(time), time);
        time.Run(() => Task.WhenAll(Enumerable.Range(0, maxParallel).Select(_ => CallAsync(throttle, minutes * Minute))));
    }

    private async Task CallAsync(ModelThrottle throttle, TimeSpan end)
    {
        while (time.Passed < end)
        {
            var pass = await throttle.EnterAsync(Characters, CancellationToken.None);
            await WaitAsync(0.02 + (0.2 * random.NextDouble()));
            var used = new TokenCount(1500 + random.Next(100), 1000 + random.Next(1000));
            var wait = window.WaitFor(used, limits, time.Passed);
            if (wait > TimeSpan.Zero || inFlight >= MostInFlight)
            {
                TurnedAway.Add(time.Passed);
                await WaitAsync(0.05);
                TimeSpan? after = SaysWhen ? TimeSpan.FromSeconds(Math.Ceiling(wait.TotalSeconds)) : null;
                await throttle.TurnedAwayAsync(pass, after, Tells ? limits : RateLimits.None, CancellationToken.None);
                continue;
            }

            window.Add(used, time.Passed);
            Taken.Add(time.Passed);
            Tokens += used.Total;
            inFlight++;
            await WaitAsync(Median * Math.Exp(0.5 * Normal()));
            inFlight--;
            await throttle.TakenAsync(pass, used, Tells ? limits : RateLimits.None, CancellationToken.None);
        }
    }

    private Task WaitAsync(double seconds) => Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(1000 * seconds)), time);

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
