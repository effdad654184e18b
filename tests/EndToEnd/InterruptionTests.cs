using DialogueMesh.Simulator;
using Xunit;

namespace DialogueMesh.Tests.EndToEnd;

public sealed class InterruptionTests
{
    private const string Run = "generate --total_generations 40 --seed 61";

    [Theory]
    [InlineData("INT", 300)]
    [InlineData("TERM", 8000)]
    public async Task Generate_Interrupted_Returns130LeavesNoOutputsAndResumesToTheSameBytes(string signal, double delay)
    {
        using var whole = new RunFolder();
        using var folder = new RunFolder();
        await Cli.CompleteHereAsync(whole, Run);
        await using var slow = await Cli.StartSimulatorAsync(new SimulatorOptions { DelayMilliseconds = delay });

        // A shell's background jobs ignore SIGINT, and so would what they start.
        await using var running = Cli.StartBehind(
            folder.Path, ["env", "--default-signal=INT"], $"{Run} --max_parallel 8 --endpoint {slow.BaseAddress}");
        await running.WaitUntilAsync(() => File.Exists(folder.Journal) && new FileInfo(folder.Journal).Length > 8000);
        var time = TimeProvider.System.GetTimestamp();
        await running.SignalAsync(signal);
        var result = await running.EndAsync();

        Assert.True(result.Code == 130, result.ToString());
        Assert.InRange(TimeProvider.System.GetElapsedTime(time), TimeSpan.Zero, TimeSpan.FromSeconds(15));
        Assert.Contains("Interrupted: ", result.Output);
        Assert.Contains("go on with --resume", result.Output);
        folder.AssertNoOutputs();
        Assert.DoesNotContain("   at ", await File.ReadAllTextAsync(folder.Log, TestContext.Current.CancellationToken));
        await Cli.CompleteHereAsync(folder, $"{Run} --resume");
        folder.AssertSameOutputs(whole);
    }
}
