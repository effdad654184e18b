using System.Text.Json;
using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Dataset.History;

namespace DialogueMesh.Dataset.Files;

/// <summary>What came of an append.</summary>
internal abstract record Appended
{
    internal sealed record Written(JournalPlace Place) : Appended;

    /// <summary>Nothing was written; the message is one line for the user.</summary>
    internal sealed record Failed(string Message) : Appended;
}

/// <summary>
/// A run's append-only journal, JSON lines. Every line is with the operating system before <see cref="Append"/> returns, so
/// the death of the process loses none; <see cref="Sync"/> makes them outlive the machine's. Not thread-safe.
/// </summary>
internal sealed class Journal(Stream stream, string name, long length) : IDisposable
{
    private long length = length;

    public string File => name;

    public Appended Append(JournalLine line)
    {
        byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(line, DialogueJson.Compact), (byte)'\n'];
        try
        {
            stream.Position = length;
            stream.Write(bytes);
            stream.Flush();
        }
        catch (Exception fault) when (DiskFault.Is(fault))
        {
            CutTail();
            return new Appended.Failed(FaultMessage(fault));
        }

        var place = new JournalPlace(length, bytes.Length);
        length += bytes.Length;
        return new Appended.Written(place);
    }

    /// <summary>Puts what is written on the disk; returns one line for the user where that fails.</summary>
    public string? Sync()
    {
        try
        {
            (stream as FileStream)?.Flush(flushToDisk: true);
            return null;
        }
        catch (Exception fault) when (DiskFault.Is(fault))
        {
            return FaultMessage(fault);
        }
    }

    public CandidateLine<Dialogue> ReadCandidate(JournalPlace place)
    {
        var bytes = new byte[place.Length];
        stream.Position = place.Offset;
        stream.ReadExactly(bytes);
        return (CandidateLine<Dialogue>)JsonSerializer.Deserialize<JournalLine>(bytes, DialogueJson.Compact)!;
    }

    public void Dispose() => stream.Dispose();

    // Half a line would be followed by the next session's. Where even this fails, the next session cuts it.
    private void CutTail()
    {
        try
        {
            stream.SetLength(length);
        }
        catch (Exception fault) when (DiskFault.Is(fault))
        {
        }
    }

    private string FaultMessage(Exception fault) =>
        $"cannot write the journal {name}: {fault.Message.ReplaceLineEndings(" ")}; what is accepted is safe: make room and run again with --resume";
}
