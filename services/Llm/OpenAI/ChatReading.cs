using System.ClientModel;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Llm.Pricing;
using OpenAI.Chat;

namespace DialogueMesh.Llm.OpenAI;

/// <summary>What counts of a completion.</summary>
internal sealed record ChatReading(string Text, string? Refusal, ChatFinishReason Finish, int PromptTokens, int CompletionTokens)
{
    private const int MaxDetail = 300;

    public IReadOnlyDictionary<string, string> Headers { get; private init; } = new Dictionary<string, string>();

    /// <summary>Throws, as the SDK does, where the completion lacks what the API promises.</summary>
    /// <param name="key">Kept out of <see cref="Headers"/>.</param>
    public static ChatReading Of(ClientResult<ChatCompletion> result, string? key) =>
        Of(result.Value) with { Headers = AnswerHeaders.Of(result.GetRawResponse(), key) };

    private static ChatReading Of(ChatCompletion completion) => new(
        string.Concat(completion.Content.Select(part => part.Text)),
        completion.Refusal,
        completion.FinishReason,
        completion.Usage?.InputTokenCount ?? 0,
        completion.Usage?.OutputTokenCount ?? 0);

    public ChatOutcome ToOutcome(ModelPrice price)
    {
        var usage = new Usage(PromptTokens, CompletionTokens, price.Of(PromptTokens, CompletionTokens), 1);
        if (!string.IsNullOrEmpty(Refusal))
        {
            return new ChatOutcome.Declined(RejectionReason.Refused, Line(Refusal), usage);
        }

        return Finish switch
        {
            ChatFinishReason.ContentFilter =>
                new ChatOutcome.Declined(RejectionReason.ContentFiltered, "the endpoint's content filter cut the answer", usage),
            ChatFinishReason.Length => new ChatOutcome.Declined(
                RejectionReason.Truncated, $"cut off after {CompletionTokens} tokens", usage),
            _ => new ChatOutcome.Answered(Text, usage) { Headers = Headers },
        };
    }

    private static string Line(string text)
    {
        var line = string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= MaxDetail ? line : line[..MaxDetail] + "…";
    }
}
