using System.Globalization;
using DialogueMesh.Cli.Credentials;
using DialogueMesh.Cli.Display;
using DialogueMesh.Cli.Earlier;
using DialogueMesh.Cli.Options;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Dataset;
using DialogueMesh.Dataset.Files;
using DialogueMesh.Dataset.Gate;
using DialogueMesh.Embedding;
using DialogueMesh.Llm.Checking;
using DialogueMesh.Runs.Requests;
using DialogueMesh.Scenario.Inputs;
using DialogueMesh.Simulator;
using DialogueMesh.Simulator.Talk;
using DialogueMesh.Simulator.Voice;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DialogueMesh.Cli.Embedded;

/// <summary>A run with every service in this process.</summary>
internal static partial class EmbeddedRun
{
    /// <summary>
    /// Calls in flight to the built-in simulator where it answers at once: more of them wait for the same processor, and what
    /// comes after an answer waits behind them.
    /// </summary>
    private const int ParallelAtOnce = 64;

    public static async Task<int> RunAsync(GenerateSettings settings, CancellationToken cancellationToken)
    {
        var key = KeySource.Find(ModelEndpoint.IsAzure(settings.Endpoint, settings.ApiVersion));
        var endpoint = ModelEndpoint.Choose(settings.Endpoint, key, settings.ApiVersion);
        LlmSettings.Check(endpoint, settings);
        var paths = OutputPaths.Of(settings);
        var inputs = RunInputs.Load(settings.Inputs, cancellationToken);
        var files = FilesOf(paths);
        var started = settings.Resume ? RunFiles.Started(files) : null;
        var encoder = Encoders.Open(settings.Encoder);
        using var release = encoder as IDisposable;
        Resumption.CheckSame(encoder.Id, started);
        var against = EarlierFiles.Open(settings.Against, started);
        var spec = RunSpecs.Of(settings, inputs, endpoint.Name, encoder, Resumption.InitialTotal(settings, started), against.Digests);
        TurnBounds.Check(spec, inputs.Ontology);
        var price = Prices.Find(settings, spec);
        var terminal = Terminal.Create();
        if (settings.DryRun)
        {
            DryRun.Write(terminal.Console, settings, spec, inputs, price, cancellationToken);
            return Commands.ExitCode.Complete;
        }

        // A run goes on as it began, also with what it left out.
        spec = started is null ? spec : SamplingParameters.Without(spec, SamplingParameters.LeftOut(started.Spec));
        RunFiles.Check(files, RunSpecId.Of(spec), settings.Resume);
        using var earlier = await against.LoadAsync(encoder, terminal.WriteLogLine, cancellationToken);
        var simulated = endpoint is ModelEndpoint.Simulator ? SimulatorSettings() : null;
        await using var simulator = simulated is null ? null : await StartSimulatorAsync(simulated, inputs, cancellationToken);
        settings = simulated is { AnswersAtOnce: true } ? settings with { MaxParallel = settings.MaxParallel ?? ParallelAtOnce } : settings;
        using var host = EmbeddedHost.Build(settings, inputs, LlmSettings.Of(settings, endpoint, simulator?.BaseAddress), paths, terminal, encoder, earlier);
        var log = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("DialogueMesh.Cli");
        Announce(log, [endpoint.Describe(settings.Model), .. inputs.Notices, Encoders.Describe(encoder, spec.SimilarityThreshold), .. earlier.Datasets.Select(Describe)]);

        var agreed = endpoint is ModelEndpoint.Simulator
            ? spec
            : await Readiness.AgreeAsync(host.Services.GetRequiredService<ModelCheck>(), spec, started is not null, log, cancellationToken);
        if (agreed is null)
        {
            return Commands.ExitCode.Unfinished;
        }

        return await CarryOutAsync(host, RunStarts.Of(settings, agreed, inputs, price), terminal, cancellationToken);
    }

    /// <summary>Starts the run on a host of <see cref="EmbeddedHost"/>, shows it and stops the host when it has ended.</summary>
    internal static async Task<int> CarryOutAsync(IHost host, StartRun start, Terminal terminal, CancellationToken cancellationToken)
    {
        await host.StartAsync(cancellationToken);
        await host.Services.GetRequiredService<IBus>().Publish(start, cancellationToken);
        var end = await ShowUntilEndAsync(host.Services, terminal, cancellationToken);
        await host.StopAsync(CancellationToken.None);
        return end.Code;
    }

    private static async Task<RunEnd> ShowUntilEndAsync(IServiceProvider services, Terminal terminal, CancellationToken cancellationToken)
    {
        var (progress, time) = (services.GetRequiredService<RunProgress>(), services.GetRequiredService<TimeProvider>());
        using var stop = new CancellationTokenSource();
        var display = RunDisplay.ShowAsync(terminal, progress, time, stop.Token);
        var end = await services.GetRequiredService<RunCompletion>().WaitAsync(cancellationToken);
        await stop.CancelAsync();
        await display;
        RunSummary.Write(terminal.Console, progress.Snapshot(), end);
        return end;
    }

    private static DatasetOptions FilesOf(OutputPaths paths) => new()
    {
        OutputFile = paths.Output,
        HashFile = paths.Hashes,
        EmbeddingFile = paths.Embeddings,
        ManifestFile = paths.Manifest,
        JournalFile = paths.Journal,
        LogFile = paths.Log,
    };

    /// <summary>DIALOGUEMESH_Simulator__DelayMilliseconds and the like set how it behaves.</summary>
    private static SimulatorOptions SimulatorSettings() =>
        SimulatorOptions.Read(new ConfigurationBuilder().AddEnvironmentVariables("DIALOGUEMESH_").Build());

    private static Task<SimulatorHost> StartSimulatorAsync(SimulatorOptions options, RunInputs inputs, CancellationToken cancellationToken)
    {
        var speaker = new Speaker(inputs.Ontology, inputs.Corpus);
        return SimulatorHost.StartAsync(options, new Respondent(speaker).Reply, cancellationToken);
    }

    private static void Announce(ILogger log, IEnumerable<string> notices)
    {
        foreach (var notice in notices)
        {
            LogNotice(log, notice);
        }
    }

    private static string Describe(EarlierDataset dataset) => string.Create(
        CultureInfo.InvariantCulture, $"Compared with {dataset.Dialogues:N0} dialogues of {dataset.Name} (SHA-256 {dataset.Sha256[..12]}…).");

    [LoggerMessage(LogLevel.Information, "{Notice}")]
    private static partial void LogNotice(ILogger log, string notice);
}
