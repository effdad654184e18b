using DialogueMesh.Balancing.Consumers;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace DialogueMesh.Balancing;

/// <summary>Balancing plans a run's cells, issues them, refills rejected ones and ends the run.</summary>
public static class BalancingService
{
    /// <summary>Where several processes have it, one at a time may read it.</summary>
    public const string Queue = "balancing";

    public static IServiceCollection AddBalancing(this IServiceCollection services) => services.AddSingleton<RunRegistry>();

    /// <summary>Takes up at its start the runs that have not ended; for a process that others may have come before.</summary>
    public static IServiceCollection AddRecall(this IServiceCollection services) => services.AddHostedService<Recall>();

    public static void AddBalancing(this IBusRegistrationConfigurator bus)
    {
        bus.Add<StartRunConsumer>();
        bus.Add<RunOpenedConsumer>();
        bus.Add<CandidateJournalledConsumer>();
        bus.Add<DialogueRejectedConsumer>();
        bus.Add<DialogueAcceptedConsumer>();
        bus.Add<RunFaultedConsumer>();
        bus.Add<CancelRunConsumer>();
        bus.Add<FailedHandlingConsumer>();
    }

    private static void Add<TConsumer>(this IBusRegistrationConfigurator bus)
        where TConsumer : class, IConsumer =>
        bus.AddConsumer<TConsumer>(typeof(BalancingConsumerDefinition<TConsumer>));
}
