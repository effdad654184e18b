using DialogueMesh.Contracts;
using DialogueMesh.Dataset.Files;
using DialogueMesh.Dataset.Gate;
using DialogueMesh.Dedup.Fingerprints;
using DialogueMesh.Embedding;

namespace DialogueMesh.Cli.Earlier;

/// <summary>The files of --against: whatever their order and names, equal files make the same run.</summary>
internal sealed class EarlierFiles
{
    private const int BatchSize = 128;

    private readonly List<EarlierFile> files;

    private EarlierFiles(List<EarlierFile> files) => this.files = files;

    /// <summary>SHA-256 of each, ascending; null where there are none.</summary>
    public IReadOnlyList<string>? Digests => files.Count == 0 ? null : [.. files.Select(file => file.Sha256)];

    /// <param name="started">The run that is resumed: what it accepted was compared with these files and no others.</param>
    /// <exception cref="InputException">A file is missing or cannot be read, or the run was started against others.</exception>
    public static EarlierFiles Open(IReadOnlyList<string> paths, StartedRun? started = null)
    {
        var opened = new EarlierFiles(
            [.. paths.Select(EarlierFile.Open).DistinctBy(file => file.Sha256).OrderBy(file => file.Sha256, StringComparer.Ordinal)]);
        return started is { Spec.Against: var first } && !(first ?? []).SequenceEqual(opened.Digests ?? [])
            ? throw new InputException(
                $"the run that lies there was started {Describe(first)}, not {Describe(opened.Digests)}: resume it --against the same files, or use another --output_file")
            : opened;
    }

    /// <summary>All their dialogues, for the gate; vectors that a run of ours made with the same encoder are taken as they are.</summary>
    /// <param name="say">Gets a line before what may take long.</param>
    /// <exception cref="InputException">A file is no JSON, or has something that is no dialogue.</exception>
    public async Task<EarlierDialogues> LoadAsync(ITextEncoder encoder, Action<string> say, CancellationToken ct)
    {
        var earlier = new EarlierDialogues();
        try
        {
            foreach (var file in files)
            {
                say($"Reading {file.Path}: no dialogue may resemble one of these");
                await LoadAsync(file, encoder, earlier, ct);
            }

            return earlier;
        }
        catch
        {
            earlier.Dispose();
            throw;
        }
    }

    private static async Task LoadAsync(EarlierFile file, ITextEncoder encoder, EarlierDialogues earlier, CancellationToken ct)
    {
        using var stored = StoredVectors.Beside(file.Path, encoder.Id);
        var (batch, count) = (new List<EarlierText>(BatchSize), 0);
        await foreach (var record in file.ReadAsync(ct))
        {
            var text = new EarlierText(record.Name, CanonicalText.Of(record.Utterances));

            // The next row, also where it is of no use.
            var vector = stored?.Next(text.Hash);
            if (text.IsBlank)
            {
                continue;
            }

            count++;
            if (vector is not null && !earlier.Has(text.Hash))
            {
                earlier.Add(text.Name, text.Hash, vector);
            }
            else if (vector is null)
            {
                batch.Add(text);
            }

            if (batch.Count == BatchSize)
            {
                await EncodeAsync(batch, encoder, earlier, ct);
            }
        }

        await EncodeAsync(batch, encoder, earlier, ct);
        if (count == 0)
        {
            throw new InputException($"{file.Path} has no dialogue with words: leave it out of --against");
        }

        earlier.Add(new EarlierDataset(Path.GetFileName(file.Path), file.Sha256, count));
    }

    private static async Task EncodeAsync(List<EarlierText> batch, ITextEncoder encoder, EarlierDialogues earlier, CancellationToken ct)
    {
        EarlierText[] fresh = [.. batch.Where(text => !earlier.Has(text.Hash)).DistinctBy(text => text.Hash)];
        batch.Clear();
        if (fresh.Length == 0)
        {
            return;
        }

        var vectors = await encoder.EncodeAsync([.. fresh.Select(text => text.Canonical)], ct);
        foreach (var (text, vector) in fresh.Zip(vectors))
        {
            earlier.Add(text.Name, text.Hash, vector);
        }
    }

    private static string Describe(IReadOnlyList<string>? digests) => digests is null
        ? "without --against"
        : $"--against {(digests.Count == 1 ? "a file" : $"{digests.Count} files")} with the SHA-256 {string.Join(", ", digests.Select(digest => digest[..12] + "…"))}";

    private sealed record EarlierText(string Name, string Canonical)
    {
        public string Hash { get; } = Fingerprint.Of(Canonical);

        public bool IsBlank => string.IsNullOrWhiteSpace(Canonical);
    }
}
