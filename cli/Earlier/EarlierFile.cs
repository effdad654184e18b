using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Threading.Channels;
using DialogueMesh.Contracts;
using DialogueMesh.Scenario.Corpora;

namespace DialogueMesh.Cli.Earlier;

/// <summary>A dialogue of an earlier dataset.</summary>
internal sealed record EarlierRecord(string Name, IReadOnlyList<string> Utterances);

/// <summary>A file of dialogues: ours, MultiWOZ' or SGD's turns, or JSON records with "utterances" or "text".</summary>
internal sealed record EarlierFile(string Path, string Sha256)
{
    private const int Ahead = 256;

    private static readonly string[] Ids = ["dialogue_id", "id"];

    /// <summary>Of an exchange of ours; others have the first alone.</summary>
    private static readonly string[] Spoken = ["utterance", "assistant_response"];

    /// <exception cref="InputException">It is missing, a folder, or cannot be read.</exception>
    public static EarlierFile Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new InputException($"--against {path} is a folder: give a file of dialogues, as generated_dialogues.json");
        }

        if (!File.Exists(path))
        {
            throw new InputException($"--against {path} is not there: give a file of dialogues, as generated_dialogues.json");
        }

        try
        {
            using var stream = File.OpenRead(path);
            return new EarlierFile(path, Convert.ToHexStringLower(SHA256.HashData(stream)));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"--against {path} cannot be read: {fault.Message.ReplaceLineEndings(" ")}", fault);
        }
    }

    /// <summary>Its records in order, a few of them in memory at a time.</summary>
    /// <exception cref="InputException">It is no JSON, or a record is no dialogue.</exception>
    public async IAsyncEnumerable<EarlierRecord> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var records = Channel.CreateBounded<EarlierRecord>(Ahead);
        var reading = Task.Run(() => Fill(records.Writer, stop.Token), ct);
        try
        {
            await foreach (var record in records.Reader.ReadAllAsync(ct))
            {
                yield return record;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
        }
    }

    private void Fill(ChannelWriter<EarlierRecord> records, CancellationToken stop)
    {
        try
        {
            using var stream = File.OpenRead(Path);
            JsonRecords.Read(stream, Path, (record, line) =>
            {
                var dialogue = new EarlierRecord($"{System.IO.Path.GetFileName(Path)}: {IdOf(record) ?? $"line {line}"}", UtterancesOf(record, line));
                while (!records.TryWrite(dialogue))
                {
                    records.WaitToWriteAsync(stop).AsTask().GetAwaiter().GetResult();
                }
            });
            records.Complete();
        }
        catch (Exception fault)
        {
            records.Complete(fault);
        }
    }

    private static string? IdOf(JsonElement record) => record.ValueKind == JsonValueKind.Object
        ? Ids.Select(name => TextOf(record, name)).FirstOrDefault(id => !string.IsNullOrWhiteSpace(id))?.ReplaceLineEndings(" ")
        : null;

    private List<string> UtterancesOf(JsonElement record, int line)
    {
        var isObject = record.ValueKind == JsonValueKind.Object;
        if (isObject && TextOf(record, "text") is { } text)
        {
            return [.. text.ReplaceLineEndings("\n").Split('\n').Where(each => !string.IsNullOrWhiteSpace(each))];
        }

        if (isObject && ListOf(record, "utterances") is { } utterances && utterances.All(each => each.ValueKind == JsonValueKind.String))
        {
            return [.. utterances.Select(each => each.GetString()!)];
        }

        return isObject && ListOf(record, "turns") is { } turns && turns.All(turn => turn.ValueKind == JsonValueKind.Object)
            ? [.. turns.SelectMany(turn => Spoken.Select(name => TextOf(turn, name)).OfType<string>())]
            : throw new InputException(
                $"--against {Path}, line {line}: a record should have a 'text', a list of 'utterances' (texts) or a list of 'turns' (objects with 'utterance'). Correct the file, or leave it out");
    }

    private static string? TextOf(JsonElement record, string name) =>
        record.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static List<JsonElement>? ListOf(JsonElement record, string name) =>
        record.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : null;
}
