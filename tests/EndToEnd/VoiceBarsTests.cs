using System.Text.Json;
using DialogueMesh.Tests.Scenario.Corpora;
using Xunit;

namespace DialogueMesh.Tests.EndToEnd;

/// <summary>How the simulator's words compare with those of people in SGD's dev files: distinct-2 0.32 and 0.35, entropy 3.19 and 3.14 bits.</summary>
public sealed class VoiceBarsTests
{
    private const double MostRepeated = 0.18;
    private const int MostAlike = 3;

    [Fact]
    public async Task Generate_DefaultSample_SpeaksAsVariedlyAsPeople() => await AssertBarsAsync("", share: 0.75);

    [Fact]
    public async Task Generate_SeededFromSgd_SpeaksAsVariedlyAsPeople() => await AssertBarsAsync($" --dataset_path {SharedData.Folder("sgd")}", share: 0.85);

    private static async Task AssertBarsAsync(string options, double share)
    {
        using var folder = new RunFolder();
        await Cli.CompleteAsync(folder.Path, "generate --total_generations 300 --seed 1" + options);
        await Cli.CompleteAsync(folder.Path, $"measure {folder.In("generated_dialogues.json")} --json measures.json");
        using var measures = JsonDocument.Parse(await File.ReadAllTextAsync(folder.In("measures.json"), TestContext.Current.CancellationToken));
        var corpus = measures.RootElement.GetProperty("corpora")[0];

        AssertSpeaker(corpus.GetProperty("user"), share * 0.32, share * 3.19, 8, 14);
        AssertSpeaker(corpus.GetProperty("system"), share * 0.35, share * 3.14, 11, 18);
    }

    private static void AssertSpeaker(JsonElement speaker, double distinct2, double entropy, double fewestWords, double mostWords)
    {
        Assert.True(speaker.GetProperty("distinct2").GetDouble() >= distinct2, speaker.GetRawText());
        Assert.True(speaker.GetProperty("bigram_entropy").GetDouble() >= entropy, speaker.GetRawText());
        Assert.InRange(speaker.GetProperty("repeated_share").GetDouble(), 0, MostRepeated);
        Assert.InRange(speaker.GetProperty("words_per_utterance").GetDouble(), fewestWords, mostWords);
        Assert.InRange(speaker.GetProperty("shared_opening").GetInt32(), 1, MostAlike);
    }
}
