using DialogueMesh.Dedup.Consumers;
using DialogueMesh.Embedding;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace DialogueMesh.Dedup;

public static class DedupServices
{
    public static IServiceCollection AddDedup(this IServiceCollection services) => services.AddEmbedding();

    public static IBusRegistrationConfigurator AddDedup(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<ScreenDialogue>().Endpoint(endpoint => endpoint.Name = "dedup");
        return bus;
    }
}
