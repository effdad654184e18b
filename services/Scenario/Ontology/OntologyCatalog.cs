using System.Security.Cryptography;
using System.Text;
using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Runs;

namespace DialogueMesh.Scenario.Ontology;

/// <summary>All that dialogues can be about.</summary>
public sealed record OntologyCatalog
{
    public const string General = "general";

    public required PlanFile Plan { get; init; }

    public required IReadOnlyDictionary<string, Region> Regions { get; init; }

    public required IReadOnlyDictionary<string, ServiceSchema> Services { get; init; }

    /// <summary>Of all files' paths and bytes, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Reads <paramref name="directory"/>, with <paramref name="overlay"/> laid over it.</summary>
    /// <exception cref="InputException">A file is missing, malformed or contradicts another.</exception>
    public static OntologyCatalog Load(string directory, string? overlay = null)
    {
        var files = Collect(directory);
        if (overlay is not null)
        {
            foreach (var (name, path) in Collect(overlay))
            {
                files[name] = path;
            }
        }

        var catalog = new OntologyCatalog
        {
            Plan = PlanFile.Read(files.GetValueOrDefault("plan.yaml") ?? throw new InputException($"{directory}: plan.yaml is missing")),
            Regions = files.Where(file => file.Key.StartsWith("regions/", StringComparison.Ordinal))
                .Aggregate(new SortedDictionary<string, Region>(StringComparer.Ordinal), (all, file) => Add(all, RegionReader.Read(file.Value), region => region.Name, file.Value)),
            Services = files.Where(file => file.Key.EndsWith("/schema.yaml", StringComparison.Ordinal))
                .Aggregate(new SortedDictionary<string, ServiceSchema>(StringComparer.Ordinal), (all, file) => Add(all, ReadService(files, file.Key), service => service.Name, file.Value)),
            Sha256 = Digest(files),
        };
        OntologyCheck.Verify(catalog);
        return catalog;
    }

    /// <summary>The plan's dimensions over the services and regions that exist; services without a combination stand alone.</summary>
    public PlanDimensions Dimensions()
    {
        var known = Plan.Combinations.Where(combination => combination.Services.All(Services.ContainsKey)).ToList();
        var alone = Services.Keys.Where(service => service != General && !known.Any(combination => combination.Services.Contains(service)));
        return new PlanDimensions
        {
            ServiceCounts = Plan.ServiceCounts,
            GeneralShare = Plan.GeneralShare,
            Combinations = [.. known, .. alone.Select(service => new ServiceCombination([service], 1))],
            Categories = new SortedDictionary<string, IReadOnlyList<string>>(
                Services.ToDictionary(pair => pair.Key, IReadOnlyList<string> (pair) => [.. pair.Value.Categories.Keys]), StringComparer.Ordinal),
            Regions = [.. Regions.Keys],
            TimeSlots = [.. Plan.TimeSlots.Keys],
            Resolutions = Plan.Resolutions,
            UserEmotions = Plan.UserEmotions,
            AssistantEmotions = Plan.AssistantEmotions,
        };
    }

    private static SortedDictionary<string, T> Add<T>(SortedDictionary<string, T> all, T next, Func<T, string> name, string file) =>
        all.TryAdd(name(next), next) ? all : throw new InputException($"{file}(1,1): '{name(next)}' is declared in another file too");

    private static ServiceSchema ReadService(SortedDictionary<string, string> files, string schemaFile)
    {
        var folder = schemaFile[..^"schema.yaml".Length];
        var schema = SchemaReader.Read(files[schemaFile]);
        var grammar = files.GetValueOrDefault(folder + "grammar.yaml")
            ?? throw new InputException($"{files[schemaFile]}: grammar.yaml is missing beside it");
        schema = schema with { Categories = GrammarReader.Read(grammar, schema) };
        return files.TryGetValue(folder + "entities.yaml", out var entities)
            ? schema with { Entities = EntityReader.Read(entities, schema) }
            : schema;
    }

    private static SortedDictionary<string, string> Collect(string directory)
    {
        if (!Directory.Exists(directory))
        {
            throw new InputException($"{directory}: no such ontology directory");
        }

        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(directory, "*.yaml", SearchOption.AllDirectories))
        {
            files.Add(Path.GetRelativePath(directory, path).Replace('\\', '/'), path);
        }

        return files.Count > 0 ? files : throw new InputException($"{directory}: no .yaml file in it or below it");
    }

    private static string Digest(SortedDictionary<string, string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, path) in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name + "\0"));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(path)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
