using DialogueMesh.Balancing;
using DialogueMesh.Cli.Display;
using DialogueMesh.Cli.Embedded.Handover;
using DialogueMesh.Cli.Options;
using DialogueMesh.Dataset;
using DialogueMesh.Dataset.Gate;
using DialogueMesh.Dedup;
using DialogueMesh.Embedding;
using DialogueMesh.Generation;
using DialogueMesh.Llm;
using DialogueMesh.Llm.Sqlite;
using DialogueMesh.Moderation;
using DialogueMesh.Runs.Requests;
using DialogueMesh.Scenario;
using DialogueMesh.Scenario.Blueprints;
using DialogueMesh.Scenario.Inputs;
using DialogueMesh.ServiceDefaults.Logging;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DialogueMesh.Cli.Embedded;

/// <summary>Every service of the mesh in one process, on the in-memory bus.</summary>
internal static class EmbeddedHost
{
    private const string Bus = "MassTransit";

    /// <summary>How long handlers may go on once the run has ended; what waits for the model then is given up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    public static IHost Build(
        GenerateSettings settings, RunInputs inputs, LlmOptions llm, OutputPaths paths, Terminal terminal, ITextEncoder encoder, EarlierDialogues? earlier = null) =>
        Prepare(settings, inputs, llm, paths, terminal, encoder, earlier).Build();

    internal static HostApplicationBuilder Prepare(
        GenerateSettings settings, RunInputs inputs, LlmOptions llm, OutputPaths paths, Terminal terminal, ITextEncoder encoder, EarlierDialogues? earlier = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddRunLog(new RunLogOptions
        {
            File = paths.Log,
            FileLevel = LogLevel.Debug,
            WriteConsoleLine = terminal.WriteLogLine,
            Time = TimeProvider.System,
            Redaction = new Redaction(llm.ApiKey),
        });

        // What a handler throws reaches the console as the run's fault, in one line; the trace is for the file. What handlers
        // throw that are given up when the host stops says nothing.
        var stopping = CancellationToken.None;
        builder.Logging.AddFilter<ConsoleLoggerProvider>(Bus, LogLevel.None);
        builder.Logging.AddFilter<FileLoggerProvider>(Bus, level => level >= LogLevel.Warning && !stopping.IsCancellationRequested);
        builder.Services.Configure<DatasetOptions>(options =>
        {
            options.OutputFile = paths.Output;
            options.HashFile = paths.Hashes;
            options.EmbeddingFile = paths.Embeddings;
            options.ManifestFile = paths.Manifest;
            options.JournalFile = paths.Journal;
            options.LogFile = paths.Log;
        });
        builder.Services
            .AddScenario(new BlueprintMaker(inputs.Ontology, inputs.Corpus, inputs.Personas))
            .AddLlm(llm)
            .AddGeneration()
            .AddModeration(new ModerationOptions { Endpoint = settings.Moderation == ModerationMode.Endpoint })
            .AddSingleton(encoder)
            .AddSingleton(earlier ?? new EarlierDialogues())
            .AddDedup()
            .AddDataset()
            .AddBalancing()
            .AddRunDisplay()
            .AddSingleton<IHostLifetime, Attended>()
            .AddMassTransit(bus => AddConsumers(bus, settings));
        if (!settings.NoCache && (settings.CacheFile ?? DefaultCache(llm)) is { } cache)
        {
            builder.Services.AddSqliteCache(cache);
        }

        builder.Services.AddOptions<MassTransitHostOptions>().Configure<IHostApplicationLifetime>((options, lifetime) =>
        {
            options.WaitUntilStarted = true;
            options.ConsumerStopTimeout = Patience;
            stopping = lifetime.ApplicationStopping;
        });
        return builder;
    }

    // The simulator's answers cost nothing.
    private static string? DefaultCache(LlmOptions llm) => llm.EndpointName == RunSpecs.Simulator ? null : CacheFile.DefaultPath;

    private static void AddConsumers(IBusRegistrationConfigurator bus, GenerateSettings settings)
    {
        bus.DisableUsageTelemetry();
        bus.AddScenario();
        bus.AddGeneration(settings.Parallel);
        bus.AddModeration();
        bus.AddDedup();
        bus.AddDataset();
        bus.AddBalancing();
        bus.AddRunDisplay();
        bus.UsingInMemory((context, transport) =>
        {
            transport.HandOver();
            transport.ConfigureEndpoints(context);
        });
    }

    /// <summary>Leaves Ctrl-C and SIGTERM to the command, which ends the run before the host.</summary>
    private sealed class Attended : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
