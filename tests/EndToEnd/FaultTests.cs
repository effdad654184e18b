using DialogueMesh.Cli.Display;
using DialogueMesh.Cli.Embedded;
using DialogueMesh.Cli.Options;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Embedding.Static;
using DialogueMesh.Llm;
using DialogueMesh.Runs.Requests;
using DialogueMesh.Scenario.Inputs;
using DialogueMesh.Simulator;
using DialogueMesh.Simulator.Faults;
using Spectre.Console;
using Xunit;

namespace DialogueMesh.Tests.EndToEnd;

/// <summary>Whatever a server does to its answers, as long as they come in the end, the dialogues are the same.</summary>
public sealed class FaultTests
{
    private const int Total = 50;
    private const string Canary = "sk-canary-51d0e8b7";

    /// <summary>At this threshold the gate turns some down, so that the order of decisions matters.</summary>
    private const double Threshold = 0.74;

    [Fact]
    public async Task Generate_AllFaultsAndDelaysAtAnyConcurrency_CompletesWithTheBytesOfARunWithout()
    {
        using var plain = new RunFolder();
        await using var good = await StartAsync(new SimulatorOptions());
        await CompleteAsync(plain, good, parallel: 64);
        Assert.Contains(plain.JournalLines(), line => line.TryGetProperty("reason", out var reason) && reason.GetString() == "near_duplicate");

        foreach (var (parallel, options) in new[]
        {
            (1, new SimulatorOptions()),
            (1, new SimulatorOptions { FaultShare = 0.2, DelayMilliseconds = 20 }),
            (64, new SimulatorOptions { FaultShare = 0.2, DelayMilliseconds = 200 }),
        })
        {
            using var folder = new RunFolder();
            await using var simulator = await StartAsync(options);

            await CompleteAsync(folder, simulator, parallel);

            folder.AssertSameOutputs(plain);
            AssertShare(simulator, options.FaultShare);
        }
    }

    /// <summary>Each of them every fifth call or so, where a share of all kinds has each every seventieth.</summary>
    [Fact]
    public async Task Generate_SpoiledAnswersOften_CompletesWithTheBytesOfARunWithout()
    {
        using var plain = new RunFolder();
        using var troubled = new RunFolder();
        await using var good = await StartAsync(new SimulatorOptions());
        await using var bad = await StartAsync(new SimulatorOptions
        {
            Faults = { [Fault.WrongSchema] = 0.2, [Fault.Refusal] = 0.2, [Fault.MissingValues] = 0.2, [Fault.Huge] = 0.1, [Fault.Reset] = 0.1 },
        });

        await CompleteAsync(plain, good, parallel: 8);
        await CompleteAsync(troubled, bad, parallel: 8);

        troubled.AssertSameOutputs(plain);
        Assert.Equal([Fault.Reset, Fault.WrongSchema, Fault.Refusal, Fault.MissingValues, Fault.Huge], bad.Counts.Faults.Keys.Order());
    }

    private static void AssertShare(SimulatorHost simulator, double share)
    {
        var (faults, calls) = (simulator.Counts.Faults.Values.Sum(), simulator.Counts.Calls);
        Assert.True(faults >= 0.7 * share * calls && (share > 0 || faults == 0), $"{faults} of {calls} calls");
        Assert.True(share == 0 || simulator.Counts.Faults.Count >= FaultShares.Kinds.Count / 2, string.Join(", ", simulator.Counts.Faults.Keys));
    }

    private static Task<SimulatorHost> StartAsync(SimulatorOptions options)
    {
        options.ApiKey = Canary;
        return Cli.StartSimulatorAsync(options);
    }

    /// <summary>As the program does, but with less patience; and the key that every call carries is written nowhere.</summary>
    private static async Task CompleteAsync(RunFolder folder, SimulatorHost simulator, int parallel)
    {
        var settings = new GenerateSettings
        {
            TotalGenerations = Total,
            Seed = 21,
            SimilarityThreshold = Threshold,
            MaxParallel = parallel,
            Endpoint = simulator.BaseAddress,
            OutputFile = folder.In("generated_dialogues.json"),
            HashFile = folder.In("dialogue_hashes.json"),
            EmbeddingFile = folder.In("dialogue_embeddings.npy"),
        };
        var llm = new LlmOptions
        {
            Endpoint = simulator.BaseAddress,
            ApiKey = Canary,
            MaxParallel = parallel,
            CallTimeout = TimeSpan.FromSeconds(5),
            RateLimitPause = TimeSpan.FromMilliseconds(50),
        };
        var inputs = RunInputs.Load(settings.Inputs, CancellationToken.None);
        var spec = RunSpecs.Of(settings, inputs, settings.Endpoint.Host, StaticEncoder.BuiltIn, Total);
        using StringWriter console = new(), error = new();
        var terminal = new Terminal(
            AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(console), Ansi = AnsiSupport.No }), error, isLive: false, sharesScreen: false);
        using var host = EmbeddedHost.Build(settings, inputs, llm, OutputPaths.Of(settings), terminal, StaticEncoder.BuiltIn);
        var start = new StartRun { RunId = RunSpecId.Of(spec), Spec = spec, Limits = settings.Limits, Total = Total };

        var code = await EmbeddedRun.CarryOutAsync(host, start, terminal, TestContext.Current.CancellationToken);

        Assert.True(code == 0, $"{console}{error}");
        Assert.DoesNotContain(Canary, $"{console}{error}", StringComparison.Ordinal);
        Assert.All(folder.Files, file => Assert.DoesNotContain(Canary, File.ReadAllText(file), StringComparison.Ordinal));
    }
}
