namespace DialogueMesh.Llm.Caching;

/// <summary>An answer with all that a run without the call needs, and what tells where it came from.</summary>
public sealed record StoredAnswer
{
    /// <summary>When it was answered; milliseconds count.</summary>
    public required DateTimeOffset At { get; init; }

    public required string Endpoint { get; init; }

    public required string Model { get; init; }

    public required string Text { get; init; }

    public long PromptTokens { get; init; }

    public long CompletionTokens { get; init; }

    /// <summary>US dollars, as paid then.</summary>
    public decimal Cost { get; init; }

    /// <summary>The answer's headers that tell it apart at the server: its id, the model's snapshot and the like.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
