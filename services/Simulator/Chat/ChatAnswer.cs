using DialogueMesh.Simulator.Http;

namespace DialogueMesh.Simulator.Chat;

/// <summary>Puts a reply's text into a chat completion.</summary>
internal static class ChatAnswer
{
    /// <summary>Characters a token stands for, about right for English; OpenAI's own rule of thumb.</summary>
    private const int CharactersPerToken = 4;

    public static byte[] Create(ChatCall call, string hash, string text, DateTimeOffset now)
    {
        var prompt = Tokens(call.System) + Tokens(call.User) + Tokens(call.Schema ?? "");
        var completion = Tokens(text);
        var cut = completion > call.MaxTokens;
        if (cut)
        {
            completion = call.MaxTokens!.Value;
            text = text[..(completion * CharactersPerToken)];
        }

        return JsonBody.Bytes(new
        {
            Id = $"chatcmpl-{hash[..24]}",
            Object = "chat.completion",
            Created = now.ToUnixTimeSeconds(),
            call.Model,
            Choices = new[]
            {
                new
                {
                    Index = 0,
                    Message = new { Role = "assistant", Content = text, Refusal = (string?)null },
                    Logprobs = (object?)null,
                    FinishReason = cut ? "length" : "stop",
                },
            },
            Usage = new { PromptTokens = prompt, CompletionTokens = completion, TotalTokens = prompt + completion },
            SystemFingerprint = "simulator",
        });
    }

    private static int Tokens(string text) => (text.Length + CharactersPerToken - 1) / CharactersPerToken;
}
