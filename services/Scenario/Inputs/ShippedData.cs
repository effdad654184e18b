namespace DialogueMesh.Scenario.Inputs;

/// <summary>What lies beside the program.</summary>
public static class ShippedData
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "data");

    public static string Ontology { get; } = Path.Combine(Folder, "ontology");

    public static string Personas { get; } = Path.Combine(Folder, "sample", "personas.jsonl");

    public static string Corpus { get; } = Path.Combine(Folder, "sample");
}
