using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using DialogueMesh.Contracts;

namespace DialogueMesh.Scenario.Corpora;

/// <summary>
/// Reads a file of records one by one, whatever its size: a JSON array, JSON lines, or any sequence of JSON values. Only the
/// record at hand is in memory.
/// </summary>
public sealed class JsonRecords
{
    private static readonly JsonReaderOptions Options = new() { AllowMultipleValues = true };

    private readonly Stream stream;
    private readonly string file;
    private readonly Action<JsonElement, int> onRecord;
    private byte[] buffer = new byte[1 << 16];
    private int length;
    private int line = 1;
    private bool sawToken;
    private JsonReaderState state = new(Options);

    private JsonRecords(Stream stream, string file, Action<JsonElement, int> onRecord)
    {
        this.stream = stream;
        this.file = file;
        this.onRecord = onRecord;
    }

    /// <param name="stream">UTF-8, seekable, at its start.</param>
    /// <param name="file">Its name in messages.</param>
    /// <param name="onRecord">Gets each record, valid only during the call, and the line, from 1, on which it starts.</param>
    /// <exception cref="InputException">The text is not JSON or not UTF-8; says the line and column.</exception>
    public static void Read(Stream stream, string file, Action<JsonElement, int> onRecord)
    {
        var records = new JsonRecords(stream, file, onRecord);
        try
        {
            records.ReadAll();
        }
        catch (JsonException fault)
        {
            throw records.Broken(fault);
        }
    }

    private void ReadAll()
    {
        SkipByteOrderMark(stream);
        for (var final = false; !final;)
        {
            if (length == buffer.Length)
            {
                Grow();
            }

            var read = stream.Read(buffer, length, buffer.Length - length);
            length += read;
            final = read == 0;
            var consumed = ReadBuffered(final);
            Buffer.BlockCopy(buffer, consumed, buffer, 0, length - consumed);
            length -= consumed;
        }

        if (!sawToken)
        {
            throw new InputException($"{file} is empty. Give a file with JSON records.");
        }
    }

    /// <summary>Passes on the records that lie whole in the buffer and returns how many bytes are done with.</summary>
    private int ReadBuffered(bool final)
    {
        var counted = 0;
        var reader = new Utf8JsonReader(buffer.AsSpan(0, length), final, state);
        while (true)
        {
            var before = reader;
            if (!reader.Read())
            {
                break;
            }

            sawToken = true;
            var isFrame = reader.CurrentDepth == 0 && reader.TokenType is JsonTokenType.StartArray or JsonTokenType.EndArray;
            if (!isFrame)
            {
                var start = (int)reader.TokenStartIndex;
                if (!reader.TrySkip())
                {
                    reader = before;
                    break;
                }

                line += buffer.AsSpan(counted, start - counted).Count((byte)'\n');
                counted = start;
                Pass(buffer.AsMemory(start, (int)reader.BytesConsumed - start));
            }
        }

        var consumed = (int)reader.BytesConsumed;
        line += buffer.AsSpan(counted, consumed - counted).Count((byte)'\n');
        state = reader.CurrentState;
        return consumed;
    }

    private void Pass(ReadOnlyMemory<byte> record)
    {
        if (!Utf8.IsValid(record.Span))
        {
            throw new InputException($"{file}, line {line}: the record that starts here is not UTF-8 text. Save the file as UTF-8.");
        }

        if (HasHalfSurrogate(record.Span))
        {
            throw new InputException(
                $"{file}, line {line}: the record that starts here has half of a surrogate pair (\\ud800 to \\udfff alone), which is no character. Remove it.");
        }

        using var document = JsonDocument.Parse(record);
        onRecord(document.RootElement, line);
    }

    private void Grow()
    {
        if (buffer.Length > Array.MaxLength / 2)
        {
            throw new InputException($"{file}, line {line}: a record is larger than 1 GiB. Split the file into one record a line.");
        }

        Array.Resize(ref buffer, buffer.Length * 2);
    }

    /// <summary>JSON lets an escape name half of a pair; .NET strings read from it would throw later, far from the place.</summary>
    private static bool HasHalfSurrogate(ReadOnlySpan<byte> json)
    {
        var expectsLow = false;
        while (json.IndexOf((byte)'\\') is var at and >= 0)
        {
            if (expectsLow && at > 0)
            {
                return true;
            }

            var unit = EscapedUnit(json[at..]);
            var isLow = char.IsLowSurrogate(unit);
            if (isLow != expectsLow)
            {
                return true;
            }

            expectsLow = char.IsHighSurrogate(unit);
            json = json[(at + (json[at + 1] == 'u' ? 6 : 2))..];
        }

        return expectsLow;
    }

    private static char EscapedUnit(ReadOnlySpan<byte> escape) =>
        escape[1] == 'u' && Utf8Parser.TryParse(escape.Slice(2, 4), out ushort unit, out _, 'x') ? (char)unit : '\0';

    private InputException Broken(JsonException fault)
    {
        var at = fault.LineNumber is { } lines && fault.BytePositionInLine is { } bytes
            ? string.Create(CultureInfo.InvariantCulture, $", line {lines + 1}, column {Column(lines, bytes)}")
            : "";
        return new InputException($"{file}{at}: broken JSON: {Reason(fault.Message)}. Mend the file, or fetch it again.", fault);
    }

    /// <summary>The reader counts bytes, an editor characters: read the line again and count code points.</summary>
    private long Column(long lines, long bytes)
    {
        stream.Position = 0;
        SkipByteOrderMark(stream);
        using var whole = new BufferedStream(stream, 1 << 16);
        while (lines > 0 && whole.ReadByte() is var skipped and >= 0)
        {
            lines -= skipped == '\n' ? 1 : 0;
        }

        long column = 1;
        for (; bytes > 0 && whole.ReadByte() is var next and >= 0; bytes--)
        {
            column += (next & 0xC0) == 0x80 ? 0 : 1;
        }

        return column;
    }

    /// <summary>The message without the position, which the reader appends in its own counting, and in one line.</summary>
    private static string Reason(string message)
    {
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var text = new StringBuilder(end < 0 ? message : message[..end]).Replace("\r", "\\r").Replace("\n", "\\n").ToString();
        return text.TrimEnd('.', ' ');
    }

    private static void SkipByteOrderMark(Stream stream)
    {
        Span<byte> mark = stackalloc byte[3];
        if (stream.ReadAtLeast(mark, 3, throwOnEndOfStream: false) < 3 || !mark.SequenceEqual((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            stream.Position = 0;
        }
    }
}
