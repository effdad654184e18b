using DialogueMesh.Tests.Scenario.Corpora;
using Xunit;

namespace DialogueMesh.Tests.EndToEnd;

/// <summary>The public corpora as seeds of a run; skipped with the reason where they are not on the machine.</summary>
public sealed class RealCorporaTests
{
    [Fact]
    public async Task Generate_SgdDirectory_LoadsWholeAndDrivesARun()
    {
        using var folder = new RunFolder();

        var result = await Cli.CompleteAsync(folder.Path, $"generate --total_generations 20 --dataset_path {SharedData.Folder("sgd")}");

        Assert.Contains("(Sgd): 1663 dialogues", result.Error);
        await Outside.CheckAsync(folder, 20);
        Assert.Contains(folder.Dialogues(), dialogue => dialogue.Provenance.SeedDialogue.Contains('_', StringComparison.Ordinal));
    }

    [Fact]
    public async Task Generate_MultiWozFile_DrivesAFreeformRunThatQuotesIt()
    {
        var file = Path.Combine(SharedData.Folder("multiwoz"), "dialogues_examples.json");
        var quoted = 0;
        await using var server = await ModelServer.StartAsync(prompt =>
        {
            Interlocked.Add(ref quoted, prompt.User.Contains("\"reference_conversation\":", StringComparison.Ordinal) ? 1 : 0);
            return null;
        });
        using var folder = new RunFolder();

        await Cli.CompleteHereAsync(folder, $"generate --total_generations 10 --mode freeform --dataset_path {file} --endpoint {server.Url}");

        await Outside.CheckAsync(folder, 10, mode: "freeform");
        Assert.Equal(server.Seeds.Count, quoted);
        Assert.All(folder.Dialogues(), dialogue => Assert.EndsWith(".json", dialogue.Provenance.SeedDialogue));
    }
}
