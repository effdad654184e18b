using System.Text.Json;
using System.Text.RegularExpressions;
using DialogueMesh.Contracts.Prompts;
using Xunit;

namespace DialogueMesh.Tests.EndToEnd;

/// <summary>A model that leaves planned values out: one targeted call mends it, or the dialogue is turned down.</summary>
public sealed partial class RepairTests
{
    private const long Seed = 91;
    private const int Total = 24;

    [Fact]
    public async Task Generate_AnswersLackPlannedValues_AreRepairedOnceOrRejected()
    {
        await using var server = await ModelServer.StartAsync(prompt => (prompt.Seed % 3, prompt.SchemaName) switch
        {
            (0 or 1, PromptNames.Outline) => WithoutFigures(Cli.Say(prompt)),
            (1, PromptNames.Repair) => """{"exchanges":[]}""",
            _ => null,
        });
        using var folder = new RunFolder();

        await Cli.CompleteHereAsync(folder, $"generate --total_generations {Total} --seed {Seed} --services hotel train --endpoint {server.Url}");

        await Outside.CheckAsync(folder, Total);
        var lines = folder.JournalLines();
        var candidates = lines.Where(line => line.GetProperty("type").GetString() == "candidate").ToList();
        Assert.All(candidates, line => Assert.NotEqual(1, SeedOf(line) % 3));
        Assert.Contains(candidates, line => SeedOf(line) % 3 == 0 && Calls(line) == 2);
        Assert.All(candidates.Where(line => SeedOf(line) % 3 == 2), line => Assert.Equal(1, Calls(line)));
        var misaligned = lines.Where(line => line.TryGetProperty("reason", out var reason) && reason.GetString() == "misaligned").ToList();
        Assert.NotEmpty(misaligned);
        Assert.All(misaligned, line => Assert.Equal((1, 2), ((int)(SeedOf(line) % 3), Calls(line))));
        Assert.All(misaligned, line => Assert.Matches(@"^exchange \d+: the (user|assistant) does not say (hotel|train|general)-\w+ '", line.GetProperty("detail").GetString()));
    }

    // The first figures said are lost: times, counts, references or prices are no longer the planned ones.
    private static string WithoutFigures(string answer) => Figure().Replace(answer, "some", count: 3, startat: answer.IndexOf("\"exchanges\"", StringComparison.Ordinal));

    private static long SeedOf(JsonElement line) =>
        ModelServer.SeedOf(Seed, line.GetProperty("ordinal").GetInt32(), line.GetProperty("attempt").GetInt32());

    private static int Calls(JsonElement line) => line.GetProperty("usage").GetProperty("calls").GetInt32();

    [GeneratedRegex(@"(?<!\\u\w*)\d+")]
    private static partial Regex Figure();
}
