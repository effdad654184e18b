using System.Text.Json;
using DialogueMesh.Contracts;

namespace DialogueMesh.Scenario.Corpora;

/// <summary>Where a run's seed corpus is, and what to tell the user about the choice.</summary>
public sealed record CorpusLocation(string Path, string? Notice);

/// <summary>Finds and reads seed corpora.</summary>
public static class SeedCorpora
{
    public const string DefaultDataset = "pfb30/multi_woz_v22";

    private const string LocalDatasets = "local_datasets";

    /// <summary>
    /// A given path is taken as it is; a data set's name means local_datasets/NAME of the working directory, where NAME is
    /// what follows the owner. The default data set falls back to the sample, with a notice.
    /// </summary>
    /// <param name="datasetName">As on the hub, "owner/name".</param>
    /// <param name="datasetPath">Relative to the working directory.</param>
    /// <param name="workingDirectory">Where local_datasets is looked for.</param>
    /// <param name="sampleDirectory">The corpus that comes with the product.</param>
    /// <exception cref="InputException">The name is not the default one and nothing is there.</exception>
    public static CorpusLocation Resolve(string datasetName, string? datasetPath, string workingDirectory, string sampleDirectory)
    {
        if (!string.IsNullOrWhiteSpace(datasetPath))
        {
            return new CorpusLocation(Path.GetFullPath(datasetPath, workingDirectory), null);
        }

        var name = datasetName[(datasetName.LastIndexOf('/') + 1)..];
        var local = Path.Combine(workingDirectory, LocalDatasets, name);
        if (name.Trim('.').Length > 0 && Directory.Exists(local))
        {
            return new CorpusLocation(local, null);
        }

        return datasetName == DefaultDataset
            ? new CorpusLocation(sampleDirectory, $"{LocalDatasets}/{name} is not there: using the sample corpus in {sampleDirectory}. Name a MultiWOZ 2.2 or SGD directory with --dataset_path to use your own.")
            : throw new InputException($"The dataset '{datasetName}' is not in {local}. Put it there, or name its directory with --dataset_path.");
    }

    /// <summary>Reads a corpus whole.</summary>
    /// <param name="path">A directory in one of the formats of <see cref="CorpusFormat"/>, or a single file of one.</param>
    /// <param name="cancellationToken">Looked at before each dialogue.</param>
    /// <exception cref="InputException">Nothing is there, or it is not such a corpus; says which file, line and field.</exception>
    public static SeedCorpus Load(string path, CancellationToken cancellationToken)
    {
        var files = CorpusFiles.Find(path);
        var loading = new Loading(path, files);
        foreach (var file in files.Dialogues)
        {
            loading.ReadFile(file, cancellationToken);
        }

        if (loading.Dialogues.Count == 0)
        {
            throw new InputException(
                $"{path} has JSON files but no dialogue with turns in them. It should hold MultiWOZ 2.2 or SGD dialogues: objects with 'dialogue_id' and 'turns'.");
        }

        return new SeedCorpus
        {
            Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))),
            Format = loading.Format,
            Dialogues = loading.Dialogues,
            Skipped = loading.Tally.Skipped,
            Sha256 = files.Digest(path),
            SwappedSpans = loading.Tally.SwappedSpans,
        };
    }

    /// <summary>The state of one <see cref="Load"/>.</summary>
    private sealed class Loading
    {
        private readonly string root;
        private readonly JsonPlace place;
        private readonly DialogueReader reader;
        private readonly HashSet<string> ids = new(StringComparer.Ordinal);

        public Loading(string root, CorpusFiles files)
        {
            this.root = root;
            place = new JsonPlace(root);
            reader = new DialogueReader(place, Tally, files.DialogActs is null ? MultiWozActs.None : ReadActs(files.DialogActs));
        }

        public List<SeedDialogue> Dialogues { get; } = [];

        public ReadingTally Tally { get; } = new();

        public CorpusFormat Format { get; private set; }

        public void ReadFile(string file, CancellationToken cancellationToken)
        {
            var index = 0;
            ForEach(file, record =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                place.Record = $"dialogue {index}";
                Add(record, file, index++);
            });
        }

        private void Add(JsonElement record, string file, int index)
        {
            if (reader.Read(record, $"{file}#{index}") is not { } dialogue)
            {
                return;
            }

            if (Dialogues.Count == 0)
            {
                Format = DialogueReader.FormatOf(record);
            }

            var id = ids.Add(dialogue.Id) ? dialogue.Id : $"{file}:{dialogue.Id}";
            while (id != dialogue.Id && !ids.Add(id))
            {
                id += $"#{index}";
            }

            Dialogues.Add(dialogue with { Id = id });
        }

        private MultiWozActs ReadActs(string file)
        {
            var acts = new MultiWozActs();
            ForEach(file, record => acts.Add(new JsonField(record, "dialog_acts", place)));
            return acts;
        }

        private void ForEach(string file, Action<JsonElement> onRecord)
        {
            var path = CorpusFiles.Locate(root, file);
            place.File = path;
            using var stream = CorpusFiles.Open(path);
            JsonRecords.Read(stream, path, (record, line) =>
            {
                place.Line = line;
                place.Record = null;
                place.Turn = null;
                onRecord(record);
            });
        }
    }
}
