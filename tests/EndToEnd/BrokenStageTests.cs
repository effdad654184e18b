using DialogueMesh.Cli.Display;
using DialogueMesh.Cli.Embedded;
using DialogueMesh.Cli.Options;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Dataset;
using DialogueMesh.Embedding;
using DialogueMesh.Embedding.Static;
using DialogueMesh.Llm;
using DialogueMesh.Runs.Requests;
using DialogueMesh.Scenario.Inputs;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;
using Xunit;

namespace DialogueMesh.Tests.EndToEnd;

/// <summary>A stage with a fault of its own must end the run, not leave it waiting.</summary>
public sealed class BrokenStageTests : IAsyncDisposable
{
    private static readonly TimeSpan Hung = TimeSpan.FromSeconds(60);

    private readonly RunFolder folder = new();
    private readonly StringWriter console = new();
    private readonly StringWriter error = new();

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        console.Dispose();
        error.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("scenario", "The given key 'Atlantis' was not present in the dictionary")]
    [InlineData("generation", "broken generation (line two)")]
    [InlineData("moderation", "broken moderation (line two)")]
    [InlineData("dedup", "broken dedup (line two)")]
    [InlineData("dataset", "Null character in path. (Parameter 'path')")]
    [InlineData("balancing", "The plan has no service combinations. (Parameter 'dimensions')")]
    public async Task Handler_Throws_RunEndsFaultedInOneLineAndCanBeResumed(string stage, string message)
    {
        var code = await RunAsync(stage).WaitAsync(Hung, TestContext.Current.CancellationToken);

        Assert.Equal(1, code);
        var line = Assert.Single(console.ToString().Split('\n'), each => each.StartsWith("Stopped by a fault: ", StringComparison.Ordinal));
        Assert.Contains($"the {stage} stage failed: {message} (", line);
        Assert.Contains("Go on with --resume.", line);
        Assert.DoesNotContain("   at ", console.ToString() + error);
        Assert.Single(error.ToString().Split('\n'), each => each.Contains("[ERROR]", StringComparison.Ordinal) && each.Contains(message, StringComparison.Ordinal));
        Assert.Contains("   at DialogueMesh.", await File.ReadAllTextAsync(folder.Log, TestContext.Current.CancellationToken));
        folder.AssertNoOutputs();

        if (stage is not ("scenario" or "balancing"))
        {
            Assert.Equal(0, await RunAsync("none").WaitAsync(Hung, TestContext.Current.CancellationToken));
            Assert.Equal(8, folder.Dialogues().Count);
        }
    }

    private async Task<int> RunAsync(string stage)
    {
        await using var server = await ModelServer.StartAsync();
        var settings = new GenerateSettings
        {
            TotalGenerations = 8,
            Endpoint = new Uri(server.Url),
            OutputFile = folder.In("generated_dialogues.json"),
            HashFile = folder.In("dialogue_hashes.json"),
            EmbeddingFile = folder.In("dialogue_embeddings.npy"),
        };
        var inputs = RunInputs.Load(settings.Inputs, CancellationToken.None);
        var spec = RunSpecs.Of(settings, inputs, settings.Endpoint.Host, StaticEncoder.BuiltIn, 8);
        spec = spec with { Dimensions = Broken(spec.Dimensions, stage) };
        var terminal = new Terminal(
            AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(console), Ansi = AnsiSupport.No }), error, isLive: false, sharesScreen: false);
        terminal.Console.Profile.Width = 1000;
        var builder = EmbeddedHost.Prepare(settings, inputs, new LlmOptions { Endpoint = settings.Endpoint }, OutputPaths.Of(settings), terminal, StaticEncoder.BuiltIn);
        Break(builder.Services, stage);
        using var host = builder.Build();
        var start = new StartRun { RunId = RunSpecId.Of(spec), Spec = spec, Limits = settings.Limits, Total = 8 };
        return await EmbeddedRun.CarryOutAsync(host, start, terminal, CancellationToken.None);
    }

    private static PlanDimensions Broken(PlanDimensions dimensions, string stage) => stage switch
    {
        "scenario" => dimensions with { Regions = ["Atlantis"] },
        "balancing" => dimensions with { Combinations = [] },
        _ => dimensions,
    };

    private static void Break(IServiceCollection services, string stage)
    {
        var broken = new BrokenPart(stage);
        _ = stage switch
        {
            "generation" => services.AddSingleton<ILanguageModel>(broken),
            "moderation" => services.AddSingleton<IModerator>(broken),
            "dedup" => services.AddSingleton<ITextEncoder>(broken),
            "dataset" => services.PostConfigure<DatasetOptions>(options => options.OutputFile += "\0").AddSingleton<TimeProvider>(new ShortGrace()),
            _ => services,
        };
    }

    private sealed class BrokenPart(string stage) : ILanguageModel, IModerator, ITextEncoder
    {
        private InvalidOperationException Fault => new($"broken {stage}\n(line two)");

        public EncoderId Id => StaticEncoder.BuiltIn.Id;

        public double DefaultThreshold => 1;

        public Task<ChatOutcome> CompleteAsync(ChatRequest request, CancellationToken ct) => throw Fault;

        public Task<ModerationOutcome> CheckAsync(IReadOnlyList<string> utterances, CancellationToken ct) => throw Fault;

        public ValueTask<float[][]> EncodeAsync(IReadOnlyList<string> texts, CancellationToken ct) => throw Fault;
    }

    /// <summary>Does not wait for a journal to be closed that nobody will close.</summary>
    private sealed class ShortGrace : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime == RunCompletion.Grace ? TimeSpan.FromMilliseconds(100) : dueTime, period);
    }
}
