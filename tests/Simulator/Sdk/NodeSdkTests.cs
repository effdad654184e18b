using System.Diagnostics;
using DialogueMesh.Simulator;
using DialogueMesh.Simulator.Faults;
using DialogueMesh.Simulator.Limits;
using DialogueMesh.Simulator.Talk;
using DialogueMesh.Tests.Scenario;
using DialogueMesh.Tests.Scenario.Corpora;
using Xunit;
using Speaker = DialogueMesh.Simulator.Voice.Speaker;

namespace DialogueMesh.Tests.Simulator.Sdk;

/// <summary>OpenAI's own SDK, written by others, finds in the simulator what it expects.</summary>
public sealed class NodeSdkTests
{
    private static readonly string Folder = Path.Combine(SharedData.RepositoryRoot(), "tests", "Simulator", "Sdk");

    [Fact]
    public async Task Sdk_EveryRoute_IsAnsweredAsByOpenAI()
    {
        var required = Environment.GetEnvironmentVariable("DIALOGUEMESH_REQUIRE_SERVERS") == "1";
        Assert.SkipUnless(required || HasNode(), "node is not on the PATH");
        Assert.SkipUnless(
            required || Directory.Exists(Path.Combine(Folder, "node_modules", "openai")), "the npm package openai is not installed: run eng/install.sh");
        await using var plain = await StartAsync(new SimulatorOptions { ApiKey = "right" });
        await using var limited = await StartAsync(new SimulatorOptions { Limits = new LimitOptions { RequestsPerMinute = 1 } });
        await using var failing = await StartAsync(new SimulatorOptions { Faults = { [Fault.ServerError] = 1 } });
        var start = new ProcessStartInfo("node", ["sdk.mjs", .. new[] { plain, limited, failing }.Select(each => each.BaseAddress.ToString())])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        using var node = Process.Start(start)!;
        var error = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Equal("ok\n", output + await error);
    }

    private static bool HasNode() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "node.exe" : "node")));

    private static Task<SimulatorHost> StartAsync(SimulatorOptions options) =>
        SimulatorHost.StartAsync(options, new Respondent(new Speaker(TestCells.Catalog)).Reply, TestContext.Current.CancellationToken);
}
