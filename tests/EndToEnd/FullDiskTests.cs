using System.Diagnostics;
using Xunit;

namespace DialogueMesh.Tests.EndToEnd;

/// <summary>A disk that is full, as a limit on the size of files shows it: no write beyond it succeeds.</summary>
public sealed class FullDiskTests
{
    private const string Run = "generate --total_generations 24 --seed 81";

    /// <summary>A file system of 300 kB, where this process may mount one.</summary>
    [Fact]
    public async Task Generate_FileSystemFull_EndsWith1AndGoesOnOnceThereIsRoom()
    {
        using var whole = new RunFolder();
        using var folder = new RunFolder();
        var mount = await Shell($"mount -t tmpfs -o size=300k tmpfs {folder.Path}");
        if (mount.Code != 0)
        {
            Assert.Skip($"no file system can be mounted here: {mount.Error.Trim()}");
        }

        try
        {
            await Cli.CompleteHereAsync(whole, Run);

            var result = await Cli.RunAsync(folder.Path, $"{Run} --endpoint {await Cli.EndpointAsync()}");

            Assert.True(result.Code == 1, result.ToString());
            Assert.Contains("No space left on device", Assert.Single(
                result.Output.Split('\n'), each => each.StartsWith("Stopped by a fault: ", StringComparison.Ordinal)));
            folder.AssertNoOutputs();
            Assert.Equal(0, (await Shell($"mount -o remount,size=50m {folder.Path}")).Code);
            await Cli.CompleteHereAsync(folder, $"{Run} --resume");
            folder.AssertSameOutputs(whole);
        }
        finally
        {
            await Shell($"umount {folder.Path}");
        }
    }

    /// <summary>The dialogues take more room than the journal: one limit strikes in the middle of the run, the other at its end.</summary>
    [Theory]
    [InlineData(false, "cannot write the journal generated_dialogues.journal.jsonl: ")]
    [InlineData(true, "cannot write the outputs: ")]
    public async Task Generate_NoRoomLeft_EndsWith1AClearLineAndIsResumable(bool atTheEnd, string expected)
    {
        using var whole = new RunFolder();
        using var folder = new RunFolder();
        await Cli.CompleteHereAsync(whole, Run);
        var (journal, dialogues) = (new FileInfo(whole.Journal).Length, new FileInfo(whole.In("generated_dialogues.json")).Length);
        var kilobytes = (atTheEnd ? (journal + dialogues) / 2 : journal / 3) / 1024;

        // Ignored, the signal leaves the write to fail as on a full disk. The runtime wants large files of its own for W^X.
        await using var running = Cli.StartBehind(
            folder.Path, ["bash", "-c", $"trap '' XFSZ; ulimit -f {kilobytes}; exec \"$@\"", "bash"],
            $"{Run} --endpoint {await Cli.EndpointAsync()}", ("DOTNET_EnableWriteXorExecute", "0"));
        var result = await running.EndAsync();

        Assert.True(result.Code == 1, result.ToString());
        var line = Assert.Single(result.Output.Split('\n'), each => each.StartsWith("Stopped by a fault: ", StringComparison.Ordinal));
        Assert.Contains(expected, line);
        Assert.Contains("make room and run again with --resume", line);
        Assert.DoesNotContain("   at ", result.Output + result.Error);
        folder.AssertNoOutputs();
        await Cli.CompleteHereAsync(folder, $"{Run} --resume");
        folder.AssertSameOutputs(whole);
    }

    private static async Task<CliResult> Shell(string command)
    {
        await using var shell = new RunningCli(Process.Start(new ProcessStartInfo("bash", ["-c", command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);
        return await shell.EndAsync();
    }
}
