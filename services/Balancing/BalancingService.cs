using DialogueMesh.Balancing.Consumers;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace DialogueMesh.Balancing;

/// <summary>Balancing plans a run's cells, issues them, refills rejected ones and ends the run.</summary>
public static class BalancingService
{
    public static IServiceCollection AddBalancing(this IServiceCollection services) => services.AddSingleton<RunRegistry>();

    public static void AddBalancing(this IBusRegistrationConfigurator bus)
    {
        bus.Add<StartRunConsumer>();
        bus.Add<RunOpenedConsumer>();
        bus.Add<CandidateJournalledConsumer>();
        bus.Add<DialogueRejectedConsumer>();
        bus.Add<DialogueAcceptedConsumer>();
        bus.Add<RunFaultedConsumer>();
        bus.Add<FailedHandlingConsumer>();
    }

    private static void Add<TConsumer>(this IBusRegistrationConfigurator bus)
        where TConsumer : class, IConsumer =>
        bus.AddConsumer<TConsumer>(typeof(BalancingConsumerDefinition<TConsumer>));
}
