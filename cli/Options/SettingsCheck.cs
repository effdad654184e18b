using System.Globalization;
using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Runs;

namespace DialogueMesh.Cli.Options;

/// <summary>What can be said against the settings without reading a file.</summary>
internal static class SettingsCheck
{
    /// <summary>The plan of a run is held in memory, some 50 bytes a dialogue, and more while its marginals are shown.</summary>
    private const int MostGenerations = 10_000_000;

    /// <exception cref="InputException">In one line: what, where, what to do.</exception>
    public static void Validate(GenerateSettings settings)
    {
        if (!settings.TestExtraction)
        {
            AtLeast(Verbs.TotalGenerations, settings.TotalGenerations, 1);
            if (settings.TotalGenerations > MostGenerations)
            {
                throw new InputException($"--total_generations {settings.TotalGenerations} is more than a run can plan: give at most {MostGenerations}");
            }
        }

        AtLeast(Verbs.ExtractionIndex, settings.ExtractionIndex, 0);
        Turns(settings.MinTurns, settings.MaxTurns);
        Within(Verbs.SimilarityThreshold, settings.SimilarityThreshold is { } threshold ? [threshold] : [], 0, 1, above: true);
        Within(Verbs.Temperature, settings.Temperature, 0, 2);
        Within(Verbs.TopP, settings.TopP, 0, 1, above: true);
        Within(Verbs.FrequencyPenalty, settings.FrequencyPenalty, -2, 2);
        Within(Verbs.PresencePenalty, settings.PresencePenalty, -2, 2);
        AtLeast(Verbs.MaxParallel, settings.Parallel, 1);
        AtLeast(Verbs.Rpm, settings.Rpm ?? 1, 1);
        AtLeast(Verbs.Tpm, settings.Tpm ?? 1, 1);
        AtLeast(Verbs.InputTpm, settings.InputTpm ?? 1, 1);
        AtLeast(Verbs.OutputTpm, settings.OutputTpm ?? 1, 1);
        AtLeast(Verbs.MaxCandidates, settings.CandidateLimit, 1);
        AtLeast(Verbs.BatchSize, settings.BatchSize, 1);
        if (settings.MaxCost is <= 0)
        {
            throw new InputException($"--max_cost {Text((double)settings.MaxCost)} leaves nothing to spend: give US dollars above 0, or leave it out");
        }

        Sources(settings.DatasetName, settings.DatasetPath);
        Paths(OutputPaths.Of(settings));
    }

    /// <exception cref="InputException">Both are given.</exception>
    public static void Sources(string? datasetName, string? datasetPath)
    {
        if (datasetName is not null && datasetPath is not null)
        {
            throw new InputException("--dataset_name and --dataset_path are both given: give one, they name the same thing");
        }
    }

    /// <exception cref="InputException">It is no address that a request can be sent to. The text is not repeated: it may hold a secret.</exception>
    public static Uri Endpoint(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var endpoint)
            || endpoint.Scheme is not ("http" or "https")
            || endpoint.Host.Length == 0)
        {
            throw new InputException("--endpoint is not an absolute http or https URL: give one like http://localhost:8000/v1");
        }

        return endpoint.UserInfo.Length > 0
            ? throw new InputException("--endpoint holds a user name or password: leave it out of the URL and set OPENAI_API_KEY instead")
            : endpoint.Query.Length > 0 || endpoint.Fragment.Length > 0
                ? throw new InputException("--endpoint has a part after ? or #: give only what stands before /chat/completions")
                : endpoint;
    }

    /// <summary>The address of a mirror, ending with '/', so that paths go below it.</summary>
    /// <exception cref="InputException">It is no address that a request can be sent to. The text is not repeated: it may hold a secret.</exception>
    public static Uri Mirror(string text) =>
        !Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var mirror) || mirror.Scheme is not ("http" or "https") || mirror.Host.Length == 0
            ? throw new InputException("--from is not an absolute http or https URL: give one like https://mirror.example/multiwoz/")
        : mirror.UserInfo.Length > 0 || mirror.Query.Length > 0 || mirror.Fragment.Length > 0
            ? throw new InputException("--from holds a user name, or a part after ? or #: give only what stands before the paths of the files")
            : mirror;

    private static void Turns(IntRange least, IntRange greatest)
    {
        AtLeast(Verbs.MinTurns, least.Min, 1);
        AtLeast(Verbs.MaxTurns, greatest.Min, 1);
        Upwards(Verbs.MinTurns, least);
        Upwards(Verbs.MaxTurns, greatest);
        if (greatest.Max < least.Max)
        {
            throw new InputException(
                $"--max_turns {greatest.Min} {greatest.Max} ends below --min_turns {least.Min} {least.Max}: a dialogue of at least {least.Max} exchanges could have no maximum; give --max_turns {Math.Max(greatest.Min, least.Min)} {least.Max} or lower --min_turns");
        }
    }

    private static void Upwards(OptionSpec spec, IntRange range)
    {
        if (range.Min > range.Max)
        {
            throw new InputException($"{spec.Long} {range.Min} {range.Max} runs backwards: give {spec.Long} {range.Max} {range.Min}");
        }
    }

    public static void AtLeast(OptionSpec spec, long value, long least)
    {
        if (value < least)
        {
            throw new InputException($"{spec.Long} {value} is too low: give {least} or more");
        }
    }

    // Written so that "not a number" is refused too.
    private static void Within(OptionSpec spec, IReadOnlyList<double> values, double least, double greatest, bool above = false)
    {
        foreach (var value in values)
        {
            if (!((above ? value > least : value >= least) && value <= greatest))
            {
                var lower = above ? $"above {Text(least)}" : $"from {Text(least)}";
                throw new InputException($"{spec.Long} {Text(value)} is out of range: give a number {lower} up to {Text(greatest)}");
            }
        }
    }

    private static void Paths(OutputPaths paths)
    {
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, path) in paths.All)
        {
            if (Path.EndsInDirectorySeparator(path))
            {
                throw new InputException($"{name} '{path}' names a folder: give a file name");
            }

            if (!taken.TryAdd(Path.GetFullPath(path), name))
            {
                throw new InputException($"{taken[Path.GetFullPath(path)]} and {name} are the same file, {path}: give each its own");
            }
        }
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
