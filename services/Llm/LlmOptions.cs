using DialogueMesh.Llm.Budgets;

namespace DialogueMesh.Llm;

/// <summary>Where the model is and how patient to be. No record: its text form would show the key.</summary>
public sealed class LlmOptions
{
    /// <summary>See docs/decisions on how many calls go at once.</summary>
    public const int DefaultMaxParallel = 512;

    public static readonly TimeSpan DefaultRateLimitPause = TimeSpan.FromSeconds(2);

    /// <summary>What "/chat/completions" is appended to, as https://api.openai.com/v1.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>What the endpoint is called in hashes, provenance and the price table; its host unless said otherwise.</summary>
    public string EndpointName { get => field ?? Endpoint.Host; init; }

    /// <summary>
    /// What tells its answers from other servers' in the response cache: the whole address, unless the same answers come from
    /// changing ones.
    /// </summary>
    public string CacheScope { get => field ?? Endpoint.AbsoluteUri; init; }

    /// <summary>Null for servers that ask for none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The key goes into Azure's header; the endpoint is a resource, or its /openai/v1.</summary>
    public bool IsAzure { get; init; }

    /// <summary>Azure's API by dated versions, with the deployment in the path; null for the one that is OpenAI's own.</summary>
    public string? AzureApiVersion { get; init; }

    public string ModerationModel { get; init; } = "omni-moderation-latest";

    /// <summary>Calls of a model that may be in flight at once.</summary>
    public int MaxParallel { get; init; } = DefaultMaxParallel;

    /// <summary>What the user allows each chat model; the server's own limits hold besides.</summary>
    public RateLimits Limits { get; init; } = RateLimits.None;

    /// <summary>How long a model's calls are held back after a 429 that does not say; doubles while all are turned away.</summary>
    public TimeSpan RateLimitPause { get; init; } = DefaultRateLimitPause;

    /// <summary>The longest a single try may take, from when it is sent to the last byte of the answer.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>The first one included. Answers 429 do not count: they are waited out.</summary>
    public int MaxTries { get; init; } = 8;

    /// <summary>Bounds the first wait; the bound doubles with each try.</summary>
    public TimeSpan BaseDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>What the bound stops doubling at. A server's Retry-After may be longer.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A server that asks to wait longer than this, or turns every call away for so long, is unavailable.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The price table; data/prices.json beside the program unless set.</summary>
    public string PricesFile { get; init; } = Path.Combine(AppContext.BaseDirectory, "data", "prices.json");

    internal void Validate()
    {
        Require(Endpoint is { IsAbsoluteUri: true, Scheme: "https" or "http" }, "The endpoint must be an http or https URL.");
        Require(ApiKey is null || (ApiKey.Length > 0 && ApiKey.All(c => c is > ' ' and <= '~')),
            "The API key is empty or has characters that no key has (blanks, line ends, letters beyond ASCII).");
        Require(CallTimeout > TimeSpan.Zero, "The call timeout must be positive.");
        Require(MaxParallel > 0, "At least one call must be allowed in flight.");
        Require(RateLimitPause > TimeSpan.Zero, "The pause after a 429 must be positive.");
        Require(MaxTries > 0, "There must be at least one try.");
        Require(BaseDelay >= TimeSpan.Zero && MaxDelay >= BaseDelay, "Delays must not be negative, nor the largest below the first.");
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new ArgumentException(message);
        }
    }
}
