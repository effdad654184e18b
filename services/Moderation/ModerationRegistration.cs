using DialogueMesh.Moderation.Consumers;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace DialogueMesh.Moderation;

public static class ModerationRegistration
{
    /// <summary>Adds what the consumer needs but <see cref="Llm.IModerator"/>, which AddLlm adds.</summary>
    public static IServiceCollection AddModeration(this IServiceCollection services, ModerationOptions? options = null) =>
        services.AddSingleton(options ?? new ModerationOptions());

    public static void AddModeration(this IBusRegistrationConfigurator bus) =>
        bus.AddConsumer<DialogueGeneratedConsumer, DialogueGeneratedConsumerDefinition>();
}
