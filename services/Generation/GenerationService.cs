using DialogueMesh.Generation.Consumers;
using DialogueMesh.Generation.Writing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DialogueMesh.Generation;

public static class GenerationService
{
    /// <summary>Needs AddLlm.</summary>
    public static IServiceCollection AddGeneration(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services.AddSingleton<DialogueWriter>();
    }

    /// <param name="maxParallel">Model calls in flight at once.</param>
    public static IBusRegistrationConfigurator AddGeneration(this IBusRegistrationConfigurator bus, int maxParallel)
    {
        bus.AddConsumer<BlueprintReadyConsumer>(consumer => consumer.ConcurrentMessageLimit = maxParallel).Endpoint(endpoint =>
        {
            endpoint.Name = "generation";
            endpoint.PrefetchCount = maxParallel;
        });
        return bus;
    }
}
