namespace DialogueMesh.Llm.Budgets;

/// <summary>What a model may be asked for in any 60 seconds; null is unlimited or not known.</summary>
public sealed record RateLimits
{
    public static readonly RateLimits None = new();

    public long? Requests { get; init; }

    /// <summary>Of prompts and answers together.</summary>
    public long? Tokens { get; init; }

    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }

    /// <summary>The tighter of both, limit by limit.</summary>
    public RateLimits And(RateLimits other) => new()
    {
        Requests = Least(Requests, other.Requests),
        Tokens = Least(Tokens, other.Tokens),
        InputTokens = Least(InputTokens, other.InputTokens),
        OutputTokens = Least(OutputTokens, other.OutputTokens),
    };

    /// <summary>These, and the other's where these are null.</summary>
    public RateLimits Or(RateLimits other) => new()
    {
        Requests = Requests ?? other.Requests,
        Tokens = Tokens ?? other.Tokens,
        InputTokens = InputTokens ?? other.InputTokens,
        OutputTokens = OutputTokens ?? other.OutputTokens,
    };

    private static long? Least(long? one, long? other) => one < other || other is null ? one : other;
}
