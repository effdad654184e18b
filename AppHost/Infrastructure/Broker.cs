using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace DialogueMesh.AppHost.Infrastructure;

/// <summary>RabbitMQ: its address for the services, and what they wait for.</summary>
internal sealed record Broker(
    IResourceBuilder<IResourceWithConnectionString> Connection, Func<IResourceBuilder<ProjectResource>, IResourceBuilder<ProjectResource>> WaitedFor)
{
    private const string Name = "rabbitmq";
    private const string Host = "127.0.0.1";

    public static Broker InContainer(IDistributedApplicationBuilder builder)
    {
        var rabbit = builder.AddRabbitMQ(Name).WithDataVolume();
        return new Broker(rabbit, service => service.WaitFor(rabbit));
    }

    /// <summary>
    /// The machine's own RabbitMQ as a node of this mesh alone: its data lie in a folder of ours, and the port mapper is one of its
    /// own too, since the usual one outlives its nodes.
    /// </summary>
    /// <param name="server">The server's start script.</param>
    /// <param name="mapper">Erlang's port mapper.</param>
    public static Broker OnThisMachine(IDistributedApplicationBuilder builder, string server, string mapper)
    {
        var folder = Path.Combine(builder.AppHostDirectory, "obj", Name);
        Directory.CreateDirectory(folder);
        var (port, distribution, mapping) = (Ports.Free(), Ports.Free(), Ports.Free());
        var epmd = builder.AddExecutable("epmd", mapper, folder, "-port", mapping.ToString(CultureInfo.InvariantCulture)).WithEnvironment("ERL_EPMD_ADDRESS", Host);
        builder.Services.AddHealthChecks().AddAsyncCheck(Name, cancellationToken => Ports.CheckAsync(port, cancellationToken));
        var rabbit = builder.AddExecutable(Name + "-server", server, folder)
            .WithEnvironment("HOME", folder)
            .WithEnvironment("ERL_EPMD_PORT", mapping.ToString(CultureInfo.InvariantCulture))
            .WithEnvironment("RABBITMQ_NODENAME", "dialoguemesh@localhost")
            .WithEnvironment("RABBITMQ_NODE_IP_ADDRESS", Host)
            .WithEnvironment("RABBITMQ_NODE_PORT", port.ToString(CultureInfo.InvariantCulture))
            .WithEnvironment("RABBITMQ_DIST_PORT", distribution.ToString(CultureInfo.InvariantCulture))
            .WithEnvironment("RABBITMQ_MNESIA_BASE", Path.Combine(folder, "data"))
            .WithEnvironment("RABBITMQ_LOG_BASE", Path.Combine(folder, "log"))
            .WithEnvironment("RABBITMQ_ENABLED_PLUGINS_FILE", Path.Combine(folder, "plugins"))
            .WithEnvironment("RABBITMQ_CONF_ENV_FILE", "/dev/null")
            .WithHealthCheck(Name)
            .WaitFor(epmd);
        var connection = builder.AddConnectionString(Name, ReferenceExpression.Create($"amqp://guest:guest@{Host}:{port.ToString(CultureInfo.InvariantCulture)}"));
        return new Broker(connection, service => service.WaitFor(rabbit));
    }
}
