using DialogueMesh.Scenario.Corpora;
using DialogueMesh.Scenario.Ontology;
using DialogueMesh.Scenario.Personas;

namespace DialogueMesh.Scenario.Inputs;

/// <summary>Which corpus, personas and ontology a run reads; null is what comes with the program.</summary>
public sealed record InputOptions
{
    public const string Section = "Inputs";

    public string? DatasetName { get; init; }

    public string? DatasetPath { get; init; }

    public string? Personas { get; init; }

    /// <summary>A folder whose services and regions are added to the built-in ones.</summary>
    public string? Ontology { get; init; }
}

/// <summary>What a run reads, whole and checked before anything is written.</summary>
public sealed record RunInputs(OntologyCatalog Ontology, SeedCorpus Corpus, PersonaSet Personas, IReadOnlyList<string> Notices)
{
    /// <exception cref="Contracts.InputException">A file is missing or malformed.</exception>
    public static RunInputs Load(InputOptions options, CancellationToken cancellationToken)
    {
        var place = SeedCorpora.Resolve(
            options.DatasetName ?? SeedCorpora.DefaultDataset, options.DatasetPath, Environment.CurrentDirectory, ShippedData.Corpus);
        var ontology = OntologyCatalog.Load(ShippedData.Ontology, options.Ontology);
        var corpus = SeedCorpora.Load(place.Path, cancellationToken);
        var personas = PersonaFile.Load(options.Personas ?? DefaultPersonas());
        return new RunInputs(ontology, corpus, personas, [.. Describe(place, corpus, personas)]);
    }

    /// <summary>Where data fetch puts them; the sample's where none are there.</summary>
    private static string DefaultPersonas() =>
        Path.Combine("local_datasets", "personas", "personas.jsonl") is var fetched && File.Exists(fetched) ? fetched : ShippedData.Personas;

    private static IEnumerable<string> Describe(CorpusLocation place, SeedCorpus corpus, PersonaSet personas)
    {
        if (place.Notice is { } notice)
        {
            yield return notice;
        }

        yield return $"Seed corpus {corpus.Name} ({corpus.Format}): {corpus.Dialogues.Count} dialogues; {personas.Personas.Count} personas.";
        foreach (var (reason, count) in corpus.Skipped)
        {
            yield return $"Seed corpus {corpus.Name}: {count} × {reason}, skipped.";
        }

        if (personas.Skipped > 0)
        {
            yield return $"Personas: {personas.Skipped} rows without text, skipped.";
        }
    }
}
