using DialogueMesh.Contracts.Messages;
using DialogueMesh.Contracts.Runs;

namespace DialogueMesh.Llm;

/// <summary>Completes chats; retries what a retry may mend.</summary>
public interface ILanguageModel
{
    Task<ChatOutcome> CompleteAsync(ChatRequest request, CancellationToken ct);
}

/// <summary>One call for an answer of a given JSON schema.</summary>
public sealed record ChatRequest
{
    public required string Model { get; init; }

    public required string System { get; init; }

    public required string User { get; init; }

    public required string SchemaName { get; init; }

    /// <summary>The schema's JSON text; asked for as strict.</summary>
    public required string Schema { get; init; }

    public required Sampling Sampling { get; init; }

    public required long Seed { get; init; }

    /// <summary>
    /// Whether it was asked before and the answer was of no use: then no stored answer will do, and the new one takes its
    /// place. It is the same request nonetheless, with the same <see cref="RequestHash"/>.
    /// </summary>
    public bool Again { get; init; }
}

/// <summary>How a chat ended.</summary>
public abstract record ChatOutcome
{
    private static readonly IReadOnlyDictionary<string, string> NoHeaders = new Dictionary<string, string>();

    private ChatOutcome()
    {
    }

    /// <summary>The model said <see cref="Text"/>; whether it is of the schema, the caller checks.</summary>
    public sealed record Answered(string Text, Usage Usage) : ChatOutcome
    {
        /// <summary>Of the answer's headers those that tell it apart at the server.</summary>
        public IReadOnlyDictionary<string, string> Headers { get; init; } = NoHeaders;

        /// <summary>The same answer, whatever the server called it.</summary>
        public bool Equals(Answered? other) => other is not null && Text == other.Text && Usage == other.Usage;

        public override int GetHashCode() => HashCode.Combine(Text, Usage);
    }

    /// <summary>An answer came and cannot be used: filtered, cut off or refused.</summary>
    public sealed record Declined(RejectionReason Reason, string Detail, Usage Usage) : ChatOutcome;

    /// <summary>No answer came: nothing a retry mends, or the retries are spent. One line for the user.</summary>
    public sealed record Unavailable(string Message) : ChatOutcome
    {
        /// <summary>The parameter that the server does not take, one of <see cref="SamplingParameters"/> or response_format, where it names one.</summary>
        public string? Parameter { get; init; }
    }
}
