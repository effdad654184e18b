using System.Text.Encodings.Web;
using System.Text.Json;
using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Dataset.History;
using DialogueMesh.Dataset.Reports;

namespace DialogueMesh.Dataset.Files;

/// <summary>Writes what a run has accepted, in the order of the ordinals, one dialogue in memory at a time.</summary>
internal static class DatasetExport
{
    private const int FlushAt = 1 << 16;

    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Every file is whole on the disk before the first gets its name; the manifest gets it last.</summary>
    /// <returns>The paths of the files.</returns>
    public static IReadOnlyList<string> Write(RunState state, Journal journal, DatasetOptions options, RunClosing end)
    {
        using var output = new TemporaryFile(options.OutputFile);
        using var hashes = new TemporaryFile(options.HashFile);
        using var vectors = new TemporaryFile(options.EmbeddingFile);
        using var manifest = new TemporaryFile(options.ManifestFile);
        WriteArray(output.Stream, state.Accepted, (writer, pair) =>
            JsonSerializer.Serialize(writer, Finished(state.RunId, pair.Key, pair.Value, journal), DialogueJson.Indented));
        WriteArray(hashes.Stream, state.Accepted.Values, (writer, accepted) => writer.WriteStringValue(accepted.Hash));
        WriteVectors(vectors.Stream, state);
        JsonSerializer.Serialize(
            manifest.Stream, Manifest.Of(state, end, FileNames(options)), DialogueJson.Indented);
        manifest.Stream.WriteByte((byte)'\n');
        TemporaryFile[] files = [output, hashes, vectors, manifest];
        foreach (var file in files)
        {
            file.Complete();
        }

        foreach (var file in files)
        {
            file.Rename();
        }

        return [.. files.Select(file => file.FilePath)];
    }

    private static Dialogue Finished(string runId, int ordinal, AcceptedDialogue accepted, Journal journal)
    {
        var dialogue = journal.ReadCandidate(accepted.Place).Dialogue;
        return dialogue with
        {
            DialogueId = DialogueName.Of(runId, ordinal),
            Provenance = dialogue.Provenance with
            {
                NearestNeighbour = accepted.Nearest is { } nearest ? DialogueName.Of(runId, nearest.Ordinal) : null,
                NearestCosine = accepted.Nearest?.Rounded,
            },
        };
    }

    private static void WriteArray<T>(Stream stream, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        using (var writer = new Utf8JsonWriter(stream, WriterOptions))
        {
            writer.WriteStartArray();
            foreach (var item in items)
            {
                write(writer, item);
                if (writer.BytesPending > FlushAt)
                {
                    writer.Flush();
                }
            }

            writer.WriteEndArray();
        }

        stream.WriteByte((byte)'\n');
    }

    private static void WriteVectors(Stream stream, RunState state)
    {
        var dimension = state.Spec.Encoder.Dimension;
        stream.Write(NpyFile.Header(state.Accepted.Count, dimension));
        var row = new byte[dimension * sizeof(float)];
        foreach (var ordinal in state.Accepted.Keys)
        {
            VectorBytes.Write(state.Gate.Accepted.Vector(ordinal), row);
            stream.Write(row);
        }
    }

    private static Dictionary<string, string> FileNames(DatasetOptions options) => new()
    {
        ["dialogues"] = Path.GetFileName(options.OutputFile),
        ["hashes"] = Path.GetFileName(options.HashFile),
        ["embeddings"] = Path.GetFileName(options.EmbeddingFile),
        ["journal"] = Path.GetFileName(options.JournalFile),
    };
}
