using DialogueMesh.Balancing.Planning;
using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Tests.Balancing;
using Xunit;

namespace DialogueMesh.Tests.EndToEnd;

/// <summary>Exactly N dialogues, balanced among the accepted.</summary>
public sealed class MarginalsTests
{
    private const double Tolerance = 1 + 1e-6;

    [Theory]
    [InlineData(1, "--seed 7")]
    [InlineData(2, "--seed 8 --resolutions Failed Escalated")]
    [InlineData(23, "--seed 9 --services hotel,taxi --regions Paris London")]
    [InlineData(37, "--seed 10 --emotions Happy Angry Worried --temperature 0.1 0.5")]
    [InlineData(64, "--seed 11 --services police --resolutions Escalated")]
    [InlineData(150, "--seed 12 --max_parallel 3")]
    public async Task Generate_AnyTotalFilterAndSeed_AcceptedDialoguesAreExactlyThePlan(int total, string options)
    {
        using var folder = new RunFolder();

        await Cli.CompleteHereAsync(folder, $"generate --total_generations {total} {options}");

        var (dialogues, spec) = (folder.Dialogues(), folder.Spec());
        Assert.Equal(total, dialogues.Count);
        AssertMarginals(dialogues, spec);
        AssertFilters(dialogues, options);
    }

    /// <summary>One in four candidates is turned down for each of three reasons: the balance is of what was accepted.</summary>
    [Fact]
    public async Task Generate_ManyTurnedDown_AcceptedDialoguesAreStillThePlan()
    {
        const int Total = 60;
        await using var server = await ModelServer.StartAsync(
            prompt => (prompt.Seed % 4) switch { 0 => "no JSON", 1 => """{"scenario":"s","exchanges":[{"user":"Hi.","assistant":"Hi."}]}""", _ => null },
            texts => texts[0].Length % 5 == 0 ? ModerationReply.Of(texts.Count, 0, ["violence"]) : ModerationReply.Clean(texts.Count));
        using var folder = new RunFolder();

        await Cli.CompleteHereAsync(folder, $"generate --total_generations {Total} --endpoint {server.Url}");

        await Outside.CheckAsync(folder, Total);
        AssertMarginals(folder.Dialogues(), folder.Spec());
        var reasons = folder.JournalLines().Where(line => line.TryGetProperty("reason", out _))
            .GroupBy(line => line.GetProperty("reason").GetString()).ToDictionary(group => group.Key!, group => group.Count());
        Assert.Equal(["flagged", "unparsable", "wrong_turn_count"], reasons.Keys.Order());
        var candidates = folder.Dialogues().Count + reasons.Values.Sum();
        Assert.Equal(candidates, server.Seeds.Distinct().Count());
        Assert.Equal(candidates + reasons["unparsable"], server.Seeds.Count); // asked once more with the same seed
    }

    private static void AssertMarginals(IReadOnlyList<Dialogue> dialogues, RunSpec spec)
    {
        Assert.All(dialogues, dialogue => Assert.Contains(dialogue.ScenarioCategory.Split('.')[0], dialogue.Services.Append("general")));
        var plan = RunPlan.Create(spec, [dialogues.Count]);
        var cells = dialogues.Select((dialogue, ordinal) => CellOf(dialogue, plan.Cell(ordinal))).ToList();
        foreach (var (name, value, shares) in PlanTargets.Of(spec))
        {
            var counts = cells.CountBy(value).ToDictionary();
            Assert.All(shares, share => Assert.True(
                Math.Abs(counts.GetValueOrDefault(share.Key) - (dialogues.Count * share.Value)) <= Tolerance,
                $"{name} {share.Key}: {counts.GetValueOrDefault(share.Key)} of {dialogues.Count}, target share {share.Value}"));
            Assert.Empty(counts.Keys.Except(shares.Keys));
        }
    }

    // What a dialogue does not show (bounds, the persona's draw) is taken from the plan.
    private static Cell CellOf(Dialogue dialogue, Cell planned) => planned with
    {
        Services = dialogue.Services,
        Category = dialogue.ScenarioCategory,
        Region = Assert.Single(dialogue.Regions),
        TimeSlot = dialogue.TimeSlot,
        Resolution = dialogue.ResolutionStatus,
        UserEmotion = Assert.Single(dialogue.UserEmotions),
        AssistantEmotion = Assert.Single(dialogue.AssistantEmotions),
        Sampling = new(
            dialogue.Provenance.Temperature, dialogue.Provenance.TopP, dialogue.Provenance.FrequencyPenalty, dialogue.Provenance.PresencePenalty),
    };

    private static void AssertFilters(IReadOnlyList<Dialogue> dialogues, string options)
    {
        string[] Values(string option) => options.Contains($"--{option} ", StringComparison.Ordinal)
            ? [.. options.Split($"--{option} ")[1].Split("--")[0].Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)]
            : [];
        void Within(string option, Func<Dialogue, IEnumerable<string>> actual)
        {
            if (Values(option) is { Length: > 0 } allowed)
            {
                Assert.Empty(dialogues.SelectMany(actual).Except(allowed));
            }
        }

        Within("services", dialogue => dialogue.Services);
        Within("regions", dialogue => dialogue.Regions);
        Within("resolutions", dialogue => [dialogue.ResolutionStatus]);
        Within("emotions", dialogue => dialogue.UserEmotions);
        Within("seed", _ => Values("seed"));
    }
}
