using System.Collections.Concurrent;
using DialogueMesh.Simulator;
using DialogueMesh.Tests.EndToEnd;
using Xunit;

namespace DialogueMesh.Tests.Mesh;

/// <summary>A whole mesh: a broker, every service in processes of its own, the stateless ones twice, and a simulator that takes its time.</summary>
public sealed class MeshFixture : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, ServiceProcess> services = new();
    private readonly RunFolder folder = new();
    private Broker? broker;
    private SimulatorHost? simulator;

    /// <summary>The processes, by service and number.</summary>
    public IReadOnlyList<string> Names { get; } =
        ["embedding", "scenario", "scenario-2", "generation", "generation-2", "moderation", "moderation-2", "dedup", "dedup-2", "dataset", "balancing", "console"];

    internal Uri Console => services["console"].Address;

    internal Broker Bus => broker!;

    internal string Runs => folder.In("runs");

    public async ValueTask InitializeAsync()
    {
        broker = await Broker.StartAsync();
        simulator = await EndToEnd.Cli.StartSimulatorAsync(new SimulatorOptions { DelayMilliseconds = 250 });
        var embedding = new ServiceProcess("embedding", folder.Path, []);
        services["embedding"] = embedding;
        foreach (var name in Names.Except(["embedding", "console"]))
        {
            services[name] = new ServiceProcess(name, folder.Path, Settings(embedding));
        }

        services["console"] = new ServiceProcess("console", folder.Path, [.. Settings(embedding), ("Dataset__Address", services["dataset"].Address.AbsoluteUri)]);
        foreach (var service in services.Values)
        {
            service.Start();
        }

        await ReadyAsync();
    }

    /// <summary>Kills a process and starts it again where it was.</summary>
    public async Task KillAsync(string name)
    {
        await services[name].KillAsync();
        services[name].Start();
    }

    /// <summary>Takes a process away while something is tried, and brings it back.</summary>
    public async Task WithoutAsync(string name, Func<Task> act)
    {
        await services[name].KillAsync();
        try
        {
            await act();
        }
        finally
        {
            services[name].Start();
            await ReadyAsync();
        }
    }

    public Task ReadyAsync() => Task.WhenAll(services.Values.Select(service => service.ReadyAsync()));

    public async ValueTask DisposeAsync()
    {
        foreach (var service in services.Values)
        {
            await service.KillAsync();
        }

        if (simulator is not null)
        {
            await simulator.DisposeAsync();
        }

        if (broker is not null)
        {
            await broker.DisposeAsync();
        }

        folder.Dispose();
    }

    private (string Name, string Value)[] Settings(ServiceProcess embedding) =>
    [
        ("ConnectionStrings__rabbitmq", broker!.Address),
        ("Llm__Endpoint", simulator!.BaseAddress.AbsoluteUri),
        ("Llm__EndpointName", "simulator"),
        ("Llm__MaxParallel", "16"),
        ("Embedding__Address", embedding.Grpc.AbsoluteUri),
        ("Dataset__Root", Runs),
    ];
}
