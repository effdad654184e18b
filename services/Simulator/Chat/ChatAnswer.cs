using System.Text;
using DialogueMesh.Simulator.Faults;
using DialogueMesh.Simulator.Http;
using DialogueMesh.Simulator.Limits;

namespace DialogueMesh.Simulator.Chat;

/// <summary>What the model says, cut to what the call asks for and counted.</summary>
internal sealed record ChatAnswer(ChatCall Call, string Hash, string Text, string FinishReason, Cost Cost)
{
    private const int HugeLength = 10_000_000;

    public string Id => $"chatcmpl-{Hash[..24]}";

    /// <summary>Whether <see cref="Text"/> says that the model refuses.</summary>
    public bool Refused { get; init; }

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

    /// <summary>What a fault of the model makes of it; its tokens stay those of the answer that is due.</summary>
    /// <param name="vague">The same answer without its values.</param>
    public ChatAnswer Spoiled(Fault fault, Func<string> vague) => fault switch
    {
        Fault.WrongSchema => this with { Text = """{"unexpected":true}""" },
        Fault.Refusal => this with { Text = "I'm sorry, but I can't help with that.", Refused = true },
        Fault.MissingValues => this with { Text = vague() },
        Fault.Huge => this with { Text = Endless() },
        _ => this,
    };

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
                Message = new { Role = "assistant", Content = Refused ? null : Text, Refusal = Refused ? Text : null },
                Logprobs = (object?)null,
                FinishReason,
            },
        },
        Usage,
        SystemFingerprint = "simulator",
    });

    private string Endless()
    {
        var text = new StringBuilder(HugeLength + Text.Length + 1);
        while (text.Length < HugeLength)
        {
            text.Append(Text).Append(' ');
        }

        return text.ToString();
    }
}
