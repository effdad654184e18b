using System.Text;
using DialogueMesh.Scenario.Personas;
using DialogueMesh.Tests.Scenario.Corpora;
using Xunit;

namespace DialogueMesh.Tests.Scenario.Personas;

/// <summary>Measures the process's memory, so no other test may run beside it.</summary>
[CollectionDefinition(nameof(PersonaMemoryTests), DisableParallelization = true)]
[Collection(nameof(PersonaMemoryTests))]
public sealed class PersonaMemoryTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Load_ManyRowsWithEmbeddings_KeepsTheTextsOnly()
    {
        var embedding = string.Join(", ", Enumerable.Repeat("-0.0123456789", 768));
        var lines = new StringBuilder();
        for (var i = 0; i < 2000; i++)
        {
            lines.Append($$"""{"id": "{{i}}", "persona": "Persona {{i}}", "embedding": [{{embedding}}], "cluster_label": {{i % 7}}}""").Append('\n');
        }

        var path = folder.Write("p.jsonl", lines.ToString());
        lines.Clear();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var set = PersonaFile.Load(path);
        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;

        Assert.Equal(2000, set.Personas.Count);
        Assert.InRange(kept, long.MinValue, 4_000_000);
    }
}
