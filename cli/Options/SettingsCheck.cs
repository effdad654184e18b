using DialogueMesh.Contracts;
using DialogueMesh.Runs.Requests;

namespace DialogueMesh.Cli.Options;

/// <summary>What can be said against the settings without reading a file.</summary>
internal static class SettingsCheck
{
    /// <exception cref="InputException">In one line: what, where, what to do.</exception>
    public static void Validate(GenerateSettings settings)
    {
        if (!settings.TestExtraction)
        {
            AtLeast(Verbs.TotalGenerations, settings.TotalGenerations, 1);
        }

        AtLeast(Verbs.ExtractionIndex, settings.ExtractionIndex, 0);
        RunRequestCheck.Validate(settings);
        AtLeast(Verbs.Rpm, settings.Rpm ?? 1, 1);
        AtLeast(Verbs.Tpm, settings.Tpm ?? 1, 1);
        AtLeast(Verbs.InputTpm, settings.InputTpm ?? 1, 1);
        AtLeast(Verbs.OutputTpm, settings.OutputTpm ?? 1, 1);
        Sources(settings.DatasetName, settings.DatasetPath);
        MeshOwns(settings);
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

    /// <exception cref="InputException">It is no address of a console.</exception>
    public static Uri Mesh(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var mesh) && mesh.Scheme is "http" or "https" && mesh.Host.Length > 0
            ? mesh
            : throw new InputException($"--mesh '{text}' is not an absolute http or https URL: give the console's, like http://localhost:5300");

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

    public static void AtLeast(OptionSpec spec, long value, long least) => RunRequestCheck.AtLeast(spec.Long, value, least);

    private static void MeshOwns(GenerateSettings settings)
    {
        if (settings.Mesh is null)
        {
            return;
        }

        (OptionSpec Option, bool IsGiven)[] owned =
        [
            (Verbs.DatasetName, settings.DatasetName is not null), (Verbs.DatasetPath, settings.DatasetPath is not null),
            (Verbs.Personas, settings.Personas is not null), (Verbs.Ontology, settings.Ontology is not null),
            (Verbs.Encoder, settings.Encoder is not null), (Verbs.Endpoint, settings.Endpoint is not null),
            (Verbs.ApiVersion, settings.ApiVersion is not null), (Verbs.Moderation, settings.Moderation != ModerationMode.Endpoint),
            (Verbs.Rpm, settings.Rpm is not null), (Verbs.Tpm, settings.Tpm is not null),
            (Verbs.InputTpm, settings.InputTpm is not null), (Verbs.OutputTpm, settings.OutputTpm is not null),
            (Verbs.Prices, settings.Prices is not null), (Verbs.CacheFile, settings.CacheFile is not null),
            (Verbs.NoCache, settings.NoCache), (Verbs.Resume, settings.Resume), (Verbs.DryRun, settings.DryRun),
        ];
        if (owned.FirstOrDefault(each => each.IsGiven).Option is { } own)
        {
            throw new InputException($"{own.Long} and --mesh do not go together: that is the mesh's own setting; leave {own.Long} out");
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
}
