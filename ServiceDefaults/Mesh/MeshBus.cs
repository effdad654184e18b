using DialogueMesh.Contracts;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DialogueMesh.ServiceDefaults.Mesh;

/// <summary>Settings of the bus, in the section "Bus".</summary>
public sealed class BusOptions
{
    public const string Section = "Bus";

    /// <summary>Queues that are kept on several nodes of the broker.</summary>
    public bool QuorumQueues { get; set; }
}

/// <summary>MassTransit on RabbitMQ, as every service of the mesh uses it.</summary>
public static class MeshBus
{
    /// <summary>The connection string's name: amqp://user:password@host:port.</summary>
    public const string ConnectionName = "rabbitmq";

    /// <summary>Tries again after a handler threw, over about a minute: a broker, a Redis or an encoder may take as long to come back.</summary>
    private const int Retries = 8;

    private const string Temporary = "temporary-";

    /// <summary>The name of a queue that ends with this process, as no other process has it.</summary>
    public static string TemporaryQueue(string service) => $"{Temporary}{service}-{NewId.NextGuid():N}";

    /// <param name="builder">The service's.</param>
    /// <param name="consumers">Adds the service's consumers.</param>
    /// <param name="singleReader">A queue that one process at a time may read; the next one takes over when that ends.</param>
    /// <exception cref="InputException">There is no connection string, or it is none.</exception>
    public static void AddBus(this WebApplicationBuilder builder, Action<IBusRegistrationConfigurator> consumers, string? singleReader = null)
    {
        var address = Address(builder.Configuration);
        var options = builder.Configuration.GetSection(BusOptions.Section).Get<BusOptions>() ?? new BusOptions();
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.AddConfigureEndpointsCallback((_, name, endpoint) => Configure(endpoint, name, options, isSingle: name == singleReader));
            consumers(bus);
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(address);
                rabbit.ConfigureEndpoints(context);
            });
        });
        builder.Services.Configure<MassTransitHostOptions>(host =>
        {
            host.WaitUntilStarted = true;
            host.StopTimeout = MeshHost.StopTimeout;
            host.ConsumerStopTimeout = MeshHost.StopTimeout;
        });
    }

    private static void Configure(IReceiveEndpointConfigurator endpoint, string name, BusOptions options, bool isSingle)
    {
        endpoint.UseMessageRetry(retry =>
        {
            retry.Ignore<InputException>();
            retry.Exponential(Retries, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(15), TimeSpan.FromMilliseconds(400));
        });
        if (endpoint is not IRabbitMqReceiveEndpointConfigurator queue)
        {
            return;
        }

        queue.SingleActiveConsumer = isSingle;
        if (options.QuorumQueues && !name.StartsWith(Temporary, StringComparison.Ordinal))
        {
            queue.SetQuorumQueue();
        }
    }

    private static Uri Address(IConfiguration configuration)
    {
        var text = configuration.GetConnectionString(ConnectionName)
            ?? throw new InputException($"no RabbitMQ: set ConnectionStrings__{ConnectionName} to amqp://USER:PASSWORD@HOST:PORT");
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "amqp" or "amqps"
            ? address
            : throw new InputException($"ConnectionStrings__{ConnectionName} is no address like amqp://USER:PASSWORD@HOST:PORT (it is not shown: it may hold a password)");
    }
}
