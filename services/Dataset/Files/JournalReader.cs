using System.Text.Json;
using DialogueMesh.Contracts;
using DialogueMesh.Dataset.History;

namespace DialogueMesh.Dataset.Files;

/// <summary>A journal read back: the state, none when no line is whole; the length of the whole lines; the bytes after them.</summary>
internal sealed record Replay(RunState? State, long Length, long DroppedBytes);

/// <summary>Reads journals back, line by line.</summary>
internal static class JournalReader
{
    private const int BlockSize = 1 << 20;

    private static ReadOnlySpan<byte> CandidateStart => "{\"type\":\"candidate\","u8;

    /// <summary>
    /// Folds the lines of <paramref name="stream"/>, from its beginning. A last line that is cut short or broken was being
    /// written when the process or the machine died: it is left out.
    /// </summary>
    /// <exception cref="InputException">A line before the last is broken, or does not follow from those before.</exception>
    public static Replay Read(Stream stream, string name)
    {
        stream.Position = 0;
        RunState? state = null;
        var (number, length, end) = (0, 0L, stream.Length);
        foreach (var line in Lines(stream))
        {
            number++;
            var isLast = length + line.Length == end;
            try
            {
                state = Fold(state, line.Span[..^1], new JournalPlace(length, line.Length));
            }
            catch (JsonException) when (isLast)
            {
                break;
            }
            catch (Exception fault) when (fault is JsonException or InvalidDataException)
            {
                throw new InputException(Broken(name, number, fault), fault);
            }

            length += line.Length;
        }

        return new Replay(state, length, end - length);
    }

    /// <summary>The first line of a journal; null when it is not whole.</summary>
    /// <exception cref="InputException">It is not a run's.</exception>
    public static RunLine? ReadFirst(Stream stream, string name)
    {
        foreach (var line in Lines(stream))
        {
            try
            {
                return Parse(line.Span[..^1]) as RunLine ?? throw new InvalidDataException("the first line is not a run's");
            }
            catch (JsonException) when (line.Length == stream.Length)
            {
                return null;
            }
            catch (Exception fault) when (fault is JsonException or InvalidDataException)
            {
                throw new InputException(Broken(name, 1, fault), fault);
            }
        }

        return null;
    }

    private static RunState Fold(RunState? state, ReadOnlySpan<byte> json, JournalPlace place)
    {
        var line = Parse(json);
        if (state is null)
        {
            return RunState.Begin(line);
        }

        state.Apply(line, place);
        return state;
    }

    // A candidate is read without its dialogue's turns.
    private static JournalLine Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            JournalLine? line = json.StartsWith(CandidateStart)
                ? JsonSerializer.Deserialize<CandidateLine<DialogueLabels>>(json, DialogueJson.Compact)
                : JsonSerializer.Deserialize<JournalLine>(json, DialogueJson.Compact);
            return line ?? throw new JsonException("it is null");
        }
        catch (NotSupportedException fault)
        {
            // What the serializer says of an object without a type.
            throw new JsonException("it has no type", fault);
        }
    }

    private static string Broken(string name, int number, Exception fault) =>
        $"{name}, line {number} is broken ({fault.Message.ReplaceLineEndings(" ")}): restore the file, or start anew with another --output_file";

    // Each with its line feed; what follows the last line feed is not a line.
    private static IEnumerable<ReadOnlyMemory<byte>> Lines(Stream stream)
    {
        var buffer = new byte[BlockSize];
        var filled = 0;
        int read;
        while ((read = stream.Read(buffer, filled, buffer.Length - filled)) > 0)
        {
            filled += read;
            var start = 0;
            int feed;
            while ((feed = buffer.AsSpan(start, filled - start).IndexOf((byte)'\n')) >= 0)
            {
                yield return buffer.AsMemory(start, feed + 1);
                start += feed + 1;
            }

            buffer.AsSpan(start, filled - start).CopyTo(buffer);
            filled -= start;
            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }
    }
}
