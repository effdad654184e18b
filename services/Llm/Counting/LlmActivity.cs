using DialogueMesh.Llm.Budgets;

namespace DialogueMesh.Llm.Counting;

/// <summary>What the clients of this process do at one moment; totals are since the start.</summary>
public sealed record LlmActivity
{
    /// <summary>HTTP requests sent, retries included.</summary>
    public required long Calls { get; init; }

    /// <summary>Requests sent and not answered yet.</summary>
    public required long InFlight { get; init; }

    /// <summary>Requests that limits keep from being sent.</summary>
    public required long Waiting { get; init; }

    /// <summary>Failed tries that were followed by another.</summary>
    public required long Retries { get; init; }

    /// <summary>Answers 429.</summary>
    public required long RateLimited { get; init; }

    /// <summary>Requests sent per second, over the last seconds.</summary>
    public required double CallsPerSecond { get; init; }

    /// <summary>Tokens of prompts and answers per second, over the last seconds, counted when the answer comes.</summary>
    public required double TokensPerSecond { get; init; }

    /// <summary>How each model is paced, in the order of their names.</summary>
    public required IReadOnlyList<ModelPace> Models { get; init; }
}

/// <summary>How a model's calls are paced.</summary>
/// <param name="Concurrency">Calls that may be in flight at once for now; at most what the user allows.</param>
/// <param name="Limits">What the user and the server say, the tighter of both.</param>
/// <param name="FoundRequests">Requests a minute that 429s showed to be the limit; null where there were none.</param>
public sealed record ModelPace(string Model, int Concurrency, RateLimits Limits, long? FoundRequests);
