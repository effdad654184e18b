using System.Runtime.InteropServices;
using DialogueMesh.Contracts;
using DialogueMesh.Scenario.Corpora;
using DialogueMesh.Scenario.Ontology;
using DialogueMesh.Simulator.Talk;
using Microsoft.Extensions.Configuration;
using Speaker = DialogueMesh.Simulator.Voice.Speaker;

namespace DialogueMesh.Simulator;

/// <summary>The simulator in a process of its own, for whoever needs an OpenAI-compatible server offline.</summary>
internal static class StandaloneSimulator
{
    private const int BadInput = 2;

    private const string Usage = """
        An OpenAI-compatible server that needs neither key nor network: chat, moderations, embeddings, models.

          dotnet run --project services/Simulator -- [--SETTING VALUE | --SETTING=VALUE]...

        Settings, all described in docs/simulator.md:
          --Port 8000                      0 takes a free one
          --ApiKey KEY                     turns away calls with another key
          --FaultShare 0.2                 share of calls that meet a fault, of all kinds evenly
          --Faults:Silence 0.01            share of one kind
          --Latency:Shape Lognormal --Latency:MedianMilliseconds 8000 --Latency:P95Milliseconds 20000
          --Limits:RequestsPerMinute 3000 --Limits:TokensPerMinute 1000000

        The environment sets them too: DIALOGUEMESH_Simulator__Limits__RequestsPerMinute=3000.
        """;

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        if (args is ["--help" or "-h"])
        {
            await output.WriteLineAsync(Usage);
            return 0;
        }

        try
        {
            using var stop = new CancellationTokenSource();
            using var interrupt = Listen(PosixSignal.SIGINT, stop);
            using var terminate = Listen(PosixSignal.SIGTERM, stop);
            var data = Path.Combine(AppContext.BaseDirectory, "data");
            var options = SimulatorOptions.Read(Configuration(args));
            var speaker = new Speaker(OntologyCatalog.Load(Path.Combine(data, "ontology")), SeedCorpora.Load(Path.Combine(data, "sample"), stop.Token));
            await using var simulator = await SimulatorHost.StartAsync(options, new Respondent(speaker).Reply, stop.Token);
            await output.WriteLineAsync($"listening on {simulator.BaseAddress}; Ctrl-C stops");
            await Task.Delay(Timeout.Infinite, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return 0;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
        catch (Exception fault) when (fault is InputException or IOException)
        {
            await error.WriteLineAsync($"error: {fault.Message.ReplaceLineEndings(" ")}");
            return BadInput;
        }
    }

    /// <summary>The environment, and over it the command line.</summary>
    /// <exception cref="InputException">A word of the command line is no setting.</exception>
    private static IConfiguration Configuration(string[] args)
    {
        var settings = new Dictionary<string, string?>();
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                throw new InputException($"'{args[i]}' is no setting; write --NAME VALUE, or --help for what there is");
            }

            var (name, value) = args[i][2..].Split('=', 2) is [var before, var after]
                ? (before, after)
                : (args[i][2..], ++i < args.Length ? args[i] : throw new InputException($"{args[i - 1]} needs a value"));
            settings[$"{SimulatorOptions.Section}:{name}"] = value;
        }

        return new ConfigurationBuilder().AddEnvironmentVariables("DIALOGUEMESH_").AddInMemoryCollection(settings).Build();
    }

    private static PosixSignalRegistration Listen(PosixSignal signal, CancellationTokenSource stop) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        stop.Cancel();
    });
}
