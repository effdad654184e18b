using DialogueMesh.Simulator;
using Xunit;

namespace DialogueMesh.Tests.EndToEnd;

/// <summary>The same run gives the same bytes, however it goes.</summary>
public sealed class DeterminismTests
{
    private const string Run = "generate --total_generations 50 --seed 21 --similarity_threshold 0.74";

    [Fact]
    public async Task Generate_AnyConcurrencyAndDelays_SameBytes()
    {
        using var wide = new RunFolder();
        using var narrow = new RunFolder();
        await using var slow = await Cli.StartSimulatorAsync(new SimulatorOptions { DelayMilliseconds = 60 });

        await Cli.CompleteHereAsync(wide, $"{Run} --max_parallel 64 --endpoint {slow.BaseAddress}");
        await Cli.CompleteHereAsync(narrow, $"{Run} --max_parallel 1 --batch_size 7");

        // At this threshold the gate turns some down, so that the order of decisions matters.
        Assert.Contains(narrow.JournalLines(), line => line.TryGetProperty("reason", out var reason) && reason.GetString() == "near_duplicate");
        Assert.NotEqual(wide.Candidates(), narrow.Candidates());
        wide.AssertSameOutputs(narrow);
    }

    [Fact]
    public async Task Generate_DelaysAndFaultsOfTheBuiltInSimulator_SameBytes()
    {
        using var plain = new RunFolder();
        using var troubled = new RunFolder();

        await Cli.CompleteAsync(plain.Path, $"{Run} --max_parallel 64");
        var result = await Cli.CompleteAsync(
            troubled.Path, $"{Run} --max_parallel 16",
            ("DIALOGUEMESH_Simulator__DelayMilliseconds", "20"), ("DIALOGUEMESH_Simulator__Faults__Refusal", "0.1"),
            ("DIALOGUEMESH_Simulator__Faults__Overloaded", "0.1"), ("DIALOGUEMESH_Simulator__Faults__Reset", "0.1"));

        Assert.Contains("[WARNING] 127.0.0.1", result.Error);
        troubled.AssertSameOutputs(plain);
    }

    [Fact]
    public async Task Generate_OtherSeed_OtherDialogues()
    {
        using var one = new RunFolder();
        using var other = new RunFolder();
        await Cli.CompleteHereAsync(one, "generate --total_generations 5 --seed 1");
        await Cli.CompleteHereAsync(other, "generate --total_generations 5 --seed 2");

        Assert.Empty(one.Read<string[]>("dialogue_hashes.json").Intersect(other.Read<string[]>("dialogue_hashes.json")));
    }
}
