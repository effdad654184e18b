namespace DialogueMesh.Cli.Options;

/// <summary>Every file a run writes. Manifest, journal and log lie beside the dialogues.</summary>
internal sealed record OutputPaths
{
    public required string Output { get; init; }

    public required string Hashes { get; init; }

    public required string Embeddings { get; init; }

    public required string Manifest { get; init; }

    public required string Journal { get; init; }

    public required string Log { get; init; }

    public static OutputPaths Of(GenerateSettings settings)
    {
        var folder = Path.GetDirectoryName(settings.OutputFile) ?? "";
        return new OutputPaths
        {
            Output = settings.OutputFile,
            Hashes = settings.HashFile,
            Embeddings = settings.EmbeddingFile,
            Manifest = Path.Combine(folder, "manifest.json"),
            Journal = Path.Combine(folder, Path.GetFileNameWithoutExtension(settings.OutputFile) + ".journal.jsonl"),
            Log = Path.Combine(folder, "dialogue_generation.log"),
        };
    }

    public IReadOnlyList<(string Name, string Path)> All =>
    [
        ("--output_file", Output),
        ("--hash_file", Hashes),
        ("--embedding_file", Embeddings),
        ("the manifest", Manifest),
        ("the journal", Journal),
        ("the log", Log),
    ];
}
