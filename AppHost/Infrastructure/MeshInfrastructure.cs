namespace DialogueMesh.AppHost.Infrastructure;

/// <summary>Where the mesh's RabbitMQ comes from, by Mesh:Infrastructure: auto, containers or local.</summary>
internal sealed class MeshInfrastructure
{
    private const string Setting = "Mesh:Infrastructure";
    private const string HowToGet = "install docker or podman for containers, or rabbitmq-server (Debian: apt-get install rabbitmq-server) for local; "
        + "without either, dotnet run --project cli -- generate --total_generations 100 does all in one process";

    private readonly string? server;
    private readonly string? mapper;

    private MeshInfrastructure(string? server, string? mapper) => (this.server, this.mapper) = (server, mapper);

    private static string[] Engines => ["docker", "podman"];

    /// <summary>Says what was chosen and why; null where nothing can be.</summary>
    public static MeshInfrastructure? Choose(IDistributedApplicationBuilder builder)
    {
        var asked = builder.Configuration[Setting] ?? "auto";
        var (engine, server, mapper) = (Engines.Select(Programs.Find).OfType<string>().FirstOrDefault(Programs.IsRunning), Programs.FindRabbit(), Programs.Find("epmd"));
        var local = server is not null && mapper is not null ? new MeshInfrastructure(server, mapper) : null;
        switch (asked)
        {
            case "containers" or "auto" when engine is not null:
                Console.WriteLine($"Infrastructure: containers, by {engine}.");
                return new MeshInfrastructure(null, null);
            case "local" or "auto" when local is not null:
                Console.WriteLine($"Infrastructure: local, {server}.{(asked == "auto" ? " No docker or podman answers; with one of them it would be containers." : "")}");
                return local;
            case "auto" or "containers" or "local":
                Console.Error.WriteLine($"error: {Setting} is {asked}, but {(asked == "containers" ? "neither docker nor podman answers" : "what it needs is not here")}: {HowToGet}");
                return null;
            default:
                Console.Error.WriteLine($"error: {Setting} is '{asked}': give auto, containers or local");
                return null;
        }
    }

    public Broker AddBroker(IDistributedApplicationBuilder builder) =>
        server is null || mapper is null ? Broker.InContainer(builder) : Broker.OnThisMachine(builder, server, mapper);
}
