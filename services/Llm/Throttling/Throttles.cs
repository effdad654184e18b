using System.Collections.Concurrent;
using DialogueMesh.Llm.Budgets;
using DialogueMesh.Llm.Counting;

namespace DialogueMesh.Llm.Throttling;

/// <summary>A throttle for each model: servers limit each by itself.</summary>
internal sealed class Throttles(LlmOptions options, IRateBudget budget, LlmCounters counters, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<ModelThrottle>> models = new(StringComparer.Ordinal);

    public ModelThrottle Of(string model) => models.GetOrAdd(
        model, name => new Lazy<ModelThrottle>(() => new ModelThrottle(name, options, budget, counters, time))).Value;

    public void Dispose()
    {
        foreach (var throttle in models.Values)
        {
            throttle.Value.Dispose();
        }
    }
}
