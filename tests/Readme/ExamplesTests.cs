using DialogueMesh.Tests.EndToEnd;
using Xunit;

namespace DialogueMesh.Tests.Readme;

public sealed class ExamplesTests
{
    [Fact]
    public async Task Examples_OfTheDefaultRun_AreWhatItWritesNow()
    {
        using var folder = new RunFolder();
        await EndToEnd.Cli.CompleteAsync(folder.Path, "generate --total_generations 300");
        var root = Outside.RepositoryRoot();

        var written = await Outside.RunAsync(Path.Combine(root, "eng", "examples.py"), folder.In("generated_dialogues.json"));

        var examples = await File.ReadAllTextAsync(Path.Combine(root, "docs", "examples.md"), TestContext.Current.CancellationToken);
        Assert.Equal(examples.ReplaceLineEndings("\n"), written.ReplaceLineEndings("\n"));
    }
}
