using System.Text;
using System.Text.Json;
using DialogueMesh.Simulator;
using DialogueMesh.Simulator.Faults;
using Xunit;

namespace DialogueMesh.Tests.Simulator;

public sealed class ChatStreamTests
{
    private const string Said = "I'd like 2 seats on the 🚆 to Kraków, please.";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Chat_Streamed_SaysTheSameInPieces(bool usage)
    {
        await using var simulator = await SimulatorHost.StartAsync(new SimulatorOptions(), _ => Said, Ct);

        var (whole, _) = await AskAsync(simulator, "");
        var (text, type) = await AskAsync(simulator, $$"""
            ,"stream":true,"stream_options":{"include_usage":{{(usage ? "true" : "false")}}}
            """);

        Assert.Equal("text/event-stream", type);
        var chunks = Events(text);
        Assert.Single(chunks.Select(chunk => chunk.GetProperty("id").GetString()).Distinct(), Json(whole).GetProperty("id").GetString());
        Assert.All(chunks, chunk => Assert.Equal("chat.completion.chunk", chunk.GetProperty("object").GetString()));
        var choices = chunks.SelectMany(chunk => chunk.GetProperty("choices").EnumerateArray()).ToList();
        Assert.Equal("assistant", choices[0].GetProperty("delta").GetProperty("role").GetString());
        Assert.Equal(Said, string.Concat(choices.Select(choice => choice.GetProperty("delta").TryGetProperty("content", out var piece) ? piece.GetString() : "")));
        Assert.True(choices.Count > 4, "in pieces");
        Assert.Equal("stop", choices[^1].GetProperty("finish_reason").GetString());
        Assert.All(choices[..^1], choice => Assert.Equal(JsonValueKind.Null, choice.GetProperty("finish_reason").ValueKind));
        Assert.Equal(usage, chunks[^1].GetProperty("choices").GetArrayLength() == 0);
        Assert.Equal(usage ? Json(whole).GetProperty("usage").GetRawText() : "null", chunks[^1].GetProperty("usage").GetRawText());
    }

    [Fact]
    public async Task Chat_StreamedRefusal_ComesAsRefusal()
    {
        await using var simulator = await SimulatorHost.StartAsync(new SimulatorOptions { Faults = { [Fault.Refusal] = 1 } }, _ => Said, Ct);

        var (text, _) = await AskAsync(simulator, ",\"stream\":true");

        var deltas = Events(text).SelectMany(chunk => chunk.GetProperty("choices").EnumerateArray()).Select(choice => choice.GetProperty("delta")).ToList();
        Assert.DoesNotContain(deltas, delta => delta.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.String);
        Assert.Equal(
            "I'm sorry, but I can't help with that.",
            string.Concat(deltas.Select(delta => delta.TryGetProperty("refusal", out var piece) ? piece.GetString() : "")));
    }

    private static List<JsonElement> Events(string text)
    {
        var events = text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("data: [DONE]", events[^1]);
        return [.. events[..^1].Select(each => Json(each["data: ".Length..]))];
    }

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);

    private static async Task<(string Body, string? Type)> AskAsync(SimulatorHost simulator, string more)
    {
        using var http = new HttpClient();
        using var content = new StringContent(
            $$"""{"model":"m","messages":[{"role":"user","content":"Book it"}]{{more}}}""", Encoding.UTF8, "application/json");
        using var response = await http.PostAsync($"{simulator.BaseAddress}/chat/completions", content, Ct);
        return (await response.Content.ReadAsStringAsync(Ct), response.Content.Headers.ContentType?.MediaType);
    }
}
