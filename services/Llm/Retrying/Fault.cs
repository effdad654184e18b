using DialogueMesh.Llm.Budgets;

namespace DialogueMesh.Llm.Retrying;

/// <summary>What failed a try.</summary>
public enum FaultCause
{
    /// <summary>429.</summary>
    RateLimited,

    /// <summary>500 and above.</summary>
    ServerError,

    /// <summary>408: the server waited too long for the request.</summary>
    RequestTimeout,

    /// <summary>409.</summary>
    Conflict,

    /// <summary>No answer within the call timeout.</summary>
    TimedOut,

    /// <summary>Reset, closed early or, after it worked before, not to be had.</summary>
    ConnectionLost,

    /// <summary>An answer that is not what the API promises, as JSON that stops half-way.</summary>
    InvalidBody,

    /// <summary>The server will say the same again: wrong key, wrong model, no quota, a request it does not take.</summary>
    Refused,
}

/// <summary>A failed try. <see cref="Line"/> says in one line what happened; it names neither host nor key.</summary>
internal sealed record Fault(FaultCause Cause, string Line)
{
    /// <summary>How long the server asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What the user can do about it.</summary>
    public string Advice { get; init; } = "";

    /// <summary>The parameter of the request that the server does not take, where it names one of those it is sent.</summary>
    public string? Parameter { get; init; }

    /// <summary>Whether the endpoint's content filter turned the request down, which is about this request alone.</summary>
    public bool Filtered { get; init; }

    public bool Transient => Cause != FaultCause.Refused;
}

/// <summary>How a try ended: with an answer or with a fault.</summary>
internal readonly record struct Try<T>(T? Answer, Fault? Fault)
    where T : class
{
    /// <summary>What the answer says it used.</summary>
    public TokenCount? Used { get; init; }

    /// <summary>What the server says of its limits.</summary>
    public RateLimits Limits { get => field ?? RateLimits.None; init; }

    public static Try<T> Of(Fault fault) => new(null, fault);
}
