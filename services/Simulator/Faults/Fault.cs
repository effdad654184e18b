namespace DialogueMesh.Simulator.Faults;

/// <summary>What may go wrong with a call that would have been answered; the same call again mends it.</summary>
public enum Fault
{
    None,

    /// <summary>429 without Retry-After.</summary>
    RateLimited,

    /// <summary>429 with a Retry-After of one second.</summary>
    RetryAfterSeconds,

    /// <summary>429 with an HTTP date as Retry-After, one or two seconds ahead.</summary>
    RetryAfterDate,

    /// <summary>500 with OpenAI's error body.</summary>
    ServerError,

    /// <summary>502 with a proxy's page.</summary>
    BadGateway,

    /// <summary>503 with OpenAI's error body.</summary>
    Overloaded,

    /// <summary>The connection is reset when half of the body is sent.</summary>
    Reset,

    /// <summary>A well-formed HTTP answer whose JSON stops half-way.</summary>
    Truncated,

    /// <summary>200 with a page of HTML, as captive portals answer.</summary>
    WrongContentType,

    /// <summary>The call is taken and never answered.</summary>
    Silence,

    /// <summary>Chat only, as all that follow: the answer is JSON of another schema than the one asked for.</summary>
    WrongSchema,

    /// <summary>The model refuses.</summary>
    Refusal,

    /// <summary>The answer says none of the values that it should.</summary>
    MissingValues,

    /// <summary>The model goes on for 10 MB.</summary>
    Huge,
}
