using DialogueMesh.Cli.Fetching;
using DialogueMesh.Contracts;
using DialogueMesh.Measures;

namespace DialogueMesh.Cli.Options;

/// <summary>What the command line asks for.</summary>
internal abstract record Request
{
    private Request()
    {
    }

    internal sealed record Generate(GenerateSettings Settings) : Request;

    internal sealed record Extract(ExtractSettings Settings) : Request;

    internal sealed record Measure(MeasureSettings Settings) : Request;

    internal sealed record Cache(CacheSettings Settings) : Request;

    internal sealed record Fetch(FetchSettings Settings) : Request;

    internal sealed record Show(string Text) : Request;
}

/// <summary>Reads the command line.</summary>
internal static class CommandReader
{
    /// <exception cref="InputException">Something is unknown, missing, unreadable or out of range.</exception>
    public static Request Read(IReadOnlyList<string> args)
    {
        if (CommandTree.AsksForHelp(args))
        {
            return new Request.Show(Verbs.All.FirstOrDefault(verb => verb.Name == args[0]) is { } asked ? HelpText.Of(asked) : HelpText.All());
        }

        if (args is ["--version"])
        {
            return new Request.Show($"dialoguemesh {typeof(CommandReader).Assembly.GetName().Version?.ToString(3)}\n");
        }

        var verb = CommandTree.VerbOf(args);
        var values = CommandTree.Parse(verb, args);
        return verb == Verbs.Extract ? new Request.Extract(ReadExtract(values))
            : verb == Verbs.Cache ? new Request.Cache(ReadCache(values))
            : verb == Verbs.Models || verb == Verbs.Data ? new Request.Fetch(ReadFetch(verb, values))
            : verb == Verbs.Measure ? new Request.Measure(ReadMeasure(values))
            : new Request.Generate(ReadGenerate(values));
    }

    private static CacheSettings ReadCache(OptionValues values)
    {
        var action = values.Texts(Verbs.Action).Count == 0
            ? throw new InputException("what to do is missing: give cache stats or cache prune")
            : values.Choice<CacheAction>(Verbs.Action)!.Value;
        var days = values.Int(Verbs.Days) ?? 30;
        SettingsCheck.AtLeast(Verbs.Days, days, 0);
        return new CacheSettings(action, values.Text(Verbs.CacheFile) ?? Llm.Sqlite.CacheFile.DefaultPath, days);
    }

    private static FetchSettings ReadFetch(VerbSpec verb, OptionValues values)
    {
        if (values.Texts(verb.Words!).ToArray() is not ["fetch", .. { Length: > 0 } names])
        {
            throw new InputException($"what to fetch is missing: give {verb.Examples[0]}");
        }

        var (from, sha256) = (values.Text(Verbs.From), values.Text(Verbs.Sha256)?.ToLowerInvariant());
        if (names.Length > 1 && (from ?? sha256) is not null)
        {
            throw new InputException("--from and --sha256 are of one download: name only one with them");
        }

        if (sha256 is not null && !(sha256.Length == 64 && sha256.All(char.IsAsciiHexDigit)))
        {
            throw new InputException("--sha256 is no SHA-256: give 64 hexadecimal digits");
        }

        var rows = verb == Verbs.Data ? values.Int(Verbs.Rows) : null;
        SettingsCheck.AtLeast(Verbs.Rows, rows ?? 1, 1);
        return new FetchSettings(verb.Name, names, from is null ? null : SettingsCheck.Mirror(from), sha256, rows);
    }

    private static MeasureSettings ReadMeasure(OptionValues values)
    {
        var paths = values.Texts(Verbs.Paths);
        if (paths.Count == 0)
        {
            throw new InputException("nothing to measure: give the path of a corpus, as in measure generated_dialogues.json");
        }

        var tokens = values.Int(Verbs.Tokens) ?? CorpusMeasures.DefaultTokens;
        SettingsCheck.AtLeast(Verbs.Tokens, tokens, 1);
        return new MeasureSettings(paths, values.Text(Verbs.Reference), tokens, values.Text(Verbs.Json));
    }

    private static ExtractSettings ReadExtract(OptionValues values)
    {
        var index = values.Int(Verbs.Index) ?? throw new InputException("--index is missing: give extract --index N, from 0");
        var settings = new ExtractSettings(index, values.Text(Verbs.DatasetName), values.Text(Verbs.DatasetPath));
        SettingsCheck.Sources(settings.DatasetName, settings.DatasetPath);
        return settings;
    }

    private static GenerateSettings ReadGenerate(OptionValues values)
    {
        var defaults = new GenerateSettings();
        var settings = new GenerateSettings
        {
            TestExtraction = values.Flag(Verbs.TestExtraction),
            ExtractionIndex = values.Int(Verbs.ExtractionIndex) ?? defaults.ExtractionIndex,
            TotalGenerations = values.Int(Verbs.TotalGenerations) ?? Missing(values),
            OutputFile = values.Text(Verbs.OutputFile) ?? defaults.OutputFile,
            HashFile = values.Text(Verbs.HashFile) ?? defaults.HashFile,
            EmbeddingFile = values.Text(Verbs.EmbeddingFile) ?? defaults.EmbeddingFile,
            SimilarityThreshold = values.Double(Verbs.SimilarityThreshold),
            Encoder = values.Text(Verbs.Encoder),
            Against = values.Texts(Verbs.Against),
            DatasetName = values.Text(Verbs.DatasetName),
            DatasetPath = values.Text(Verbs.DatasetPath),
            MinTurns = values.Range(Verbs.MinTurns) ?? defaults.MinTurns,
            MaxTurns = values.Range(Verbs.MaxTurns) ?? defaults.MaxTurns,
            Temperature = values.Doubles(Verbs.Temperature) ?? defaults.Temperature,
            TopP = values.Doubles(Verbs.TopP) ?? defaults.TopP,
            FrequencyPenalty = values.Doubles(Verbs.FrequencyPenalty) ?? defaults.FrequencyPenalty,
            PresencePenalty = values.Doubles(Verbs.PresencePenalty) ?? defaults.PresencePenalty,
            Seed = values.Long(Verbs.Seed) ?? defaults.Seed,
            Mode = values.Choice<Contracts.Runs.GenerationMode>(Verbs.Mode) ?? defaults.Mode,
            Personas = values.Text(Verbs.Personas),
            Ontology = values.Text(Verbs.Ontology),
            Services = values.List(Verbs.Services),
            Regions = values.List(Verbs.Regions),
            Resolutions = values.List(Verbs.Resolutions),
            Emotions = values.List(Verbs.Emotions),
            Model = values.Text(Verbs.Model) ?? defaults.Model,
            Endpoint = values.Text(Verbs.Endpoint) is { } url ? SettingsCheck.Endpoint(url) : null,
            ApiVersion = values.Text(Verbs.ApiVersion),
            Moderation = values.Choice<ModerationMode>(Verbs.Moderation) ?? defaults.Moderation,
            MaxParallel = values.Int(Verbs.MaxParallel),
            Rpm = values.Long(Verbs.Rpm),
            Tpm = values.Long(Verbs.Tpm),
            InputTpm = values.Long(Verbs.InputTpm),
            OutputTpm = values.Long(Verbs.OutputTpm),
            MaxCandidates = values.Long(Verbs.MaxCandidates),
            MaxCost = values.Decimal(Verbs.MaxCost),
            Prices = values.Text(Verbs.Prices),
            BatchSize = values.Int(Verbs.BatchSize) ?? defaults.BatchSize,
            CacheFile = values.Text(Verbs.CacheFile),
            NoCache = values.Flag(Verbs.NoCache),
            Mesh = values.Text(Verbs.Mesh) is { } mesh ? SettingsCheck.Mesh(mesh) : null,
            Resume = values.Flag(Verbs.Resume),
            DryRun = values.Flag(Verbs.DryRun),
        };
        SettingsCheck.Validate(settings);
        return settings;
    }

    private static int Missing(OptionValues values) => values.Flag(Verbs.TestExtraction)
        ? 0
        : throw new InputException("--total_generations is missing: give generate --total_generations N, as in generate --total_generations 100");
}
