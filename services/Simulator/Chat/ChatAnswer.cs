using DialogueMesh.Simulator.Http;
using DialogueMesh.Simulator.Limits;

namespace DialogueMesh.Simulator.Chat;

/// <summary>What the model says, cut to what the call asks for and counted.</summary>
internal sealed record ChatAnswer(ChatCall Call, string Hash, string Text, string FinishReason, Cost Cost)
{
    public string Id => $"chatcmpl-{Hash[..24]}";

    public object Usage => new { PromptTokens = Cost.Input, CompletionTokens = Cost.Output, TotalTokens = Cost.Input + Cost.Output };

    public static ChatAnswer Of(ChatCall call, string hash, string text)
    {
        var stop = call.Stop.Select(each => text.IndexOf(each, StringComparison.Ordinal)).Where(at => at >= 0).DefaultIfEmpty(text.Length).Min();
        text = text[..stop];
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
        Id,
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
        Usage,
        SystemFingerprint = "simulator",
    });
}
