using System.Collections.Concurrent;
using DialogueMesh.Simulator.Http;
using Microsoft.AspNetCore.Http;

namespace DialogueMesh.Simulator.Limits;

/// <summary>Holds each model to the limits.</summary>
internal sealed class ModelLimits(LimitOptions options, SimulatorCounts counts, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, RateLimiter> limiters = new();

    /// <summary>Counts the call and says in the headers where its model's limits stand; throws <see cref="ApiErrorException"/> where it is over one.</summary>
    /// <param name="cost">Only asked for where tokens count.</param>
    public void Admit(HttpResponse response, string model, Func<Cost> cost)
    {
        if (!options.Any)
        {
            return;
        }

        var limiter = limiters.GetOrAdd(model, _ => new RateLimiter(options, time));
        var admission = limiter.Admit(options.CountsTokens ? cost() : default);
        if (options.Headers)
        {
            LimitHeaders.Write(response.Headers, admission.States);
        }

        if (admission.Excess is { } excess)
        {
            counts.TurnedAway();
            if (excess.Wait is { } wait)
            {
                LimitHeaders.WriteWait(response.Headers, wait, options.RetryAfter, time.GetUtcNow());
            }

            throw new ApiErrorException(LimitHeaders.Error(excess, model));
        }
    }
}
