using DialogueMesh.Contracts.Messages;
using DialogueMesh.Contracts.Runs;

namespace DialogueMesh.Dataset.Reports;

/// <summary>A forecast beside the truth. Answers from a cache count as if they had been asked for: it foretells no cache.</summary>
internal sealed record ForecastCheck(Foretold Calls, Foretold PromptTokens, Foretold CompletionTokens, Foretold Cost)
{
    public static ForecastCheck Of(RunForecast forecast, Usage usage) => new(
        Foretold.Of(forecast.Calls, usage.Calls + usage.CacheHits),
        Foretold.Of(forecast.PromptTokens, usage.PromptTokens),
        Foretold.Of(forecast.CompletionTokens, usage.CompletionTokens),
        Foretold.Of(forecast.Cost, usage.Cost));
}

/// <summary>One figure: foretold from <see cref="Low"/> to <see cref="High"/>, and what it came to.</summary>
internal sealed record Foretold(decimal Low, decimal High, decimal Actual, bool Within)
{
    public static Foretold Of(Interval interval, decimal actual) =>
        new(interval.Low, interval.High, actual, actual >= interval.Low && actual <= interval.High);
}
