using DialogueMesh.Simulator.Http;

namespace DialogueMesh.Simulator.Chat;

/// <summary>Writes an answer as the API streams it: server-sent events with a few words each.</summary>
internal static class ChatStream
{
    private const int ShortestPiece = 12;
    private const int MostPieces = 1000;

    public static byte[] Bytes(ChatAnswer answer, DateTimeOffset now)
    {
        var events = new MemoryStream();
        Choice(new { Role = "assistant", Content = answer.Refused ? null : "", Refusal = (string?)null }, finish: null);
        foreach (var piece in Pieces(answer.Text))
        {
            Choice(answer.Refused ? new { Refusal = piece } : new { Content = piece }, finish: null);
        }

        Choice(new { }, answer.FinishReason);
        if (answer.Call.StreamsUsage)
        {
            Chunk([], answer.Usage);
        }

        Write("[DONE]"u8);
        return events.ToArray();

        void Choice(object delta, string? finish) =>
            Chunk([new { Index = 0, Delta = delta, Logprobs = (object?)null, FinishReason = finish }], usage: null);

        void Chunk(object[] choices, object? usage) => Write(JsonBody.Bytes(new
        {
            answer.Id,
            Object = "chat.completion.chunk",
            Created = now.ToUnixTimeSeconds(),
            answer.Call.Model,
            SystemFingerprint = "simulator",
            Choices = choices,
            Usage = usage,
        }));

        void Write(ReadOnlySpan<byte> data)
        {
            events.Write("data: "u8);
            events.Write(data);
            events.Write("\n\n"u8);
        }
    }

    /// <summary>Cut behind blanks, so no character is.</summary>
    private static IEnumerable<string> Pieces(string text)
    {
        var least = Math.Max(ShortestPiece, text.Length / MostPieces);
        for (var start = 0; start < text.Length;)
        {
            var blank = text.IndexOf(' ', Math.Min(start + least, text.Length));
            var end = blank < 0 ? text.Length : blank + 1;
            yield return text[start..end];
            start = end;
        }
    }
}
