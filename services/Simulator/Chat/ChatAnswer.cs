using DialogueMesh.Simulator.Http;
using DialogueMesh.Simulator.Limits;

namespace DialogueMesh.Simulator.Chat;

/// <summary>A reply's text, cut to what the call asks for and counted.</summary>
internal sealed record ChatAnswer(ChatCall Call, string Hash, string Text, string FinishReason, Cost Cost)
{
    public static ChatAnswer Of(ChatCall call, string hash, string text)
    {
        var completion = Tokens.Count(text);
        var cut = completion > call.MaxTokens;
        if (cut)
        {
            completion = call.MaxTokens!.Value;
            text = text[..(completion * Tokens.Characters)];
        }

        return new ChatAnswer(call, hash, text, cut ? "length" : "stop", new Cost(call.PromptTokens, completion));
    }

    public byte[] Bytes(DateTimeOffset now) => JsonBody.Bytes(new
    {
        Id = $"chatcmpl-{Hash[..24]}",
        Object = "chat.completion",
        Created = now.ToUnixTimeSeconds(),
        Call.Model,
        Choices = new[]
        {
            new
            {
                Index = 0,
                Message = new { Role = "assistant", Content = Text, Refusal = (string?)null },
                Logprobs = (object?)null,
                FinishReason,
            },
        },
        Usage = new { PromptTokens = Cost.Input, CompletionTokens = Cost.Output, TotalTokens = Cost.Input + Cost.Output },
        SystemFingerprint = "simulator",
    });
}
