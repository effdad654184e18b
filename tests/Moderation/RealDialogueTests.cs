using System.Text.Json;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Moderation.Policies;
using Xunit;

namespace DialogueMesh.Tests.Moderation;

/// <summary>People's own dialogues are the measure of what a policy must let pass.</summary>
public sealed class RealDialogueTests
{
    [Fact]
    public void FirstBreach_SchemaGuidedDialogues_AreLetPassButForAFewRepeats()
    {
        var folder = Path.Combine(SharedData(), "sgd", "dev");
        Assert.SkipUnless(Directory.Exists(folder), $"{folder} is not there");

        var breaches = new List<Breach>();
        var count = 0;
        foreach (var file in Directory.EnumerateFiles(folder, "dialogues_*.json").Order())
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (var dialogue in document.RootElement.EnumerateArray())
            {
                var words = dialogue.GetProperty("turns").EnumerateArray().Select(turn => turn.GetProperty("utterance").GetString()!);
                var exchanges = words.Chunk(2).Where(pair => pair.Length == 2).Select(pair => (pair[0], pair[1]));
                count++;
                if (StructurePolicies.FirstBreach(Dialogues.Of([.. exchanges])) is { } breach)
                {
                    breaches.Add(breach);
                }
            }
        }

        Assert.True(count > 200);
        Assert.DoesNotContain(breaches, breach => breach.Reason != RejectionReason.RepeatedTurn);
        Assert.True(breaches.Count < count * 0.05, $"{breaches.Count} of {count}: {string.Join("; ", breaches)}");
    }

    private static string SharedData()
    {
        if (Environment.GetEnvironmentVariable("DIALOGUEMESH_SHARED") is { Length: > 0 } given)
        {
            return Path.Combine(given, "data");
        }

        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "global.json")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.Parent?.FullName ?? "", "shared", "data");
    }
}
