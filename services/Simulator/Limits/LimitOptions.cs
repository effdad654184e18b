namespace DialogueMesh.Simulator.Limits;

/// <summary>How a call that is over a limit is told to wait.</summary>
public enum RetryAfterForm
{
    None,
    Seconds,

    /// <summary>An HTTP date (RFC 9110, 10.2.3); whole seconds, so up to one second later than need be.</summary>
    Date,
}

/// <summary>
/// What each model answers in any 60 seconds; 0 is unlimited. Chat and embedding calls count, those that a limit turns
/// away and moderation calls do not.
/// </summary>
public sealed class LimitOptions
{
    public int RequestsPerMinute { get; set; }

    /// <summary>Of prompts and answers together.</summary>
    public int TokensPerMinute { get; set; }

    public int InputTokensPerMinute { get; set; }

    public int OutputTokensPerMinute { get; set; }

    /// <summary>Whether answers carry x-ratelimit-*; without, limits show by 429 alone.</summary>
    public bool Headers { get; set; } = true;

    public RetryAfterForm RetryAfter { get; set; } = RetryAfterForm.Seconds;

    internal bool CountsTokens => (TokensPerMinute | InputTokensPerMinute | OutputTokensPerMinute) != 0;

    internal bool Any => CountsTokens || RequestsPerMinute != 0;

    /// <summary>What is wrong with the figures, or null.</summary>
    internal string? Problem() =>
        Negative(nameof(RequestsPerMinute), RequestsPerMinute)
        ?? Negative(nameof(TokensPerMinute), TokensPerMinute)
        ?? Negative(nameof(InputTokensPerMinute), InputTokensPerMinute)
        ?? Negative(nameof(OutputTokensPerMinute), OutputTokensPerMinute);

    private static string? Negative(string name, int value) =>
        value < 0 ? FormattableString.Invariant($"{name} is {value}; it must not be negative, 0 is unlimited") : null;
}
