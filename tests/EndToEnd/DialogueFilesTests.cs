using DialogueMesh.Balancing.Planning;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace DialogueMesh.Tests.EndToEnd;

/// <summary>What the files of a run hold, read by a program that shares no code with the product.</summary>
public sealed class DialogueFilesTests
{
    [Fact]
    public async Task Outline_DefaultOptions_FilesAreAsDocumentedWithoutKeyOrNetwork()
    {
        using var folder = new RunFolder();

        var result = await Cli.CompleteAsync(folder.Path, "generate --total_generations 60");

        await Outside.CheckAsync(folder, 60);
        AssertTurnsWithinOwnBounds(folder, 60);
        Assert.Contains("Using the built-in simulator", result.Error);
        Assert.Contains("Complete: 60 dialogues accepted", result.Output);
        Assert.All(RunFolder.Outputs.Append("manifest.json"), name => Assert.Contains(name, result.Output));
        Assert.Equal(6, folder.Files.Count);
        Assert.All(await File.ReadAllLinesAsync(folder.Log, TestContext.Current.CancellationToken), line =>
            Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \[(DEBUG|INFO|WARNING|ERROR)\] ", line));
    }

    [Fact]
    public async Task Outline_ShortDialogues_NumberOfExchangesIsWithinTheBoundsGiven()
    {
        using var folder = new RunFolder();

        await Cli.CompleteHereAsync(folder, "generate --total_generations 30 --services taxi bus --min_turns 3 6 --max_turns 6 9 --seed 5");

        await Outside.CheckAsync(folder, 30, least: 3, most: 9);
        AssertTurnsWithinOwnBounds(folder, 30);
    }

    [Fact]
    public async Task Freeform_SomeDialogues_AreStructuredUnverifiedAndUnique()
    {
        using var folder = new RunFolder();

        await Cli.CompleteHereAsync(folder, "generate --total_generations 40 --mode freeform --min-turns 4 6 --max-turns 6 9");

        await Outside.CheckAsync(folder, 40, mode: "freeform", least: 4, most: 9);
        AssertTurnsWithinOwnBounds(folder, 40);
    }

    [Fact]
    public async Task Outline_ValuesWithEmojiCjkAndAccents_SpansCountCodePoints()
    {
        using var folder = new RunFolder();
        var overlay = WideValues(folder);

        await Cli.CompleteHereAsync(
            folder, $"generate --total_generations 40 --ontology {overlay} --regions Tokyo --services restaurant hotel attraction taxi");

        var figures = await Outside.CheckAsync(folder, 40);
        Assert.DoesNotContain("spans_after_wide=0 ", figures);
        var values = folder.Dialogues().SelectMany(dialogue => dialogue.Turns).SelectMany(turn => turn.AssistantFrames!.Concat(turn.UserFrames!))
            .SelectMany(frame => frame.Slots).Select(span => span.Value).ToHashSet();
        Assert.All(["🍜 麺屋 渋谷", "Crème Brûlée Ōtemachi", "Cuisine 👩‍🍳 Yui", "𝒜stral Grill 🌌", "𠮷祥寺"], value => Assert.Contains(value, values));
    }

    /// <summary>Tokyo, where names have letters of one to four bytes, joined emoji and combining accents.</summary>
    private static string WideValues(RunFolder folder)
    {
        var lists = new Dictionary<string, string>
        {
            ["restaurants"] = "[🍜 麺屋 渋谷, Crème Brûlée Ōtemachi, 𝒜stral Grill 🌌, Chez Zoe\u0301 & Łukasz, Cuisine 👩‍🍳 Yui, とんかつ 銀座, Ñandú 🥩 House]",
            ["areas"] = "[新宿, 渋谷 🌸, Ginza–Süd, 秋葉原, Île d’Odaiba, 𠮷祥寺]",
            ["hotels"] = "[🏨 Hôtel Été, 旅館 さくら 🌸, Grand 𝔗okyo, Señor Sleep 😴, Müller’s Inn]",
            ["cuisines"] = "[寿司 🍣, crème française, jalapeño 🌶️ fusion, 餃子, Ελληνική]",
            ["first_names"] = "[Zoë, 花子, Øyvind, José, Žaneta]",
            ["last_names"] = "[Łukaszewicz, 山田, Ångström, Núñez, Çelik]",
        };
        var region = new YamlStream();
        using (var file = File.OpenText(Path.Combine(Cli.Data, "ontology", "regions", "tokyo.yaml")))
        {
            region.Load(file);
        }

        var root = (YamlMappingNode)region.Documents[0].RootNode;
        foreach (var (name, values) in lists)
        {
            root.Children[name] = new YamlSequenceNode(values.Trim('[', ']').Split(", ").Select(value => new YamlScalarNode(value)));
        }

        using var text = new StringWriter();
        region.Save(text, assignAnchors: false);
        folder.Write("wide/regions/tokyo.yaml", text.ToString());
        return folder.In("wide");
    }

    private static void AssertTurnsWithinOwnBounds(RunFolder folder, int total)
    {
        var plan = RunPlan.Create(folder.Spec(), [total]);
        Assert.All(folder.Dialogues(), (dialogue, ordinal) =>
            Assert.InRange(dialogue.Turns.Count, plan.Cell(ordinal).Turns.Min, plan.Cell(ordinal).Turns.Max));
    }
}
