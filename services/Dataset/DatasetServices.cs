using DialogueMesh.Dataset.Consumers;
using DialogueMesh.Dataset.Files;
using DialogueMesh.Dataset.Gate;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DialogueMesh.Dataset;

public static class DatasetServices
{
    /// <summary>Where several processes have it, one at a time may read it.</summary>
    public const string Queue = "dataset";

    /// <summary>
    /// Adds the journal and the gate; where the files lie is <see cref="DatasetOptions"/>, to be configured. What runs may not
    /// resemble is the <see cref="EarlierDialogues"/> that is there already, or nothing.
    /// </summary>
    public static IServiceCollection AddDataset(this IServiceCollection services)
    {
        services.AddOptions<DatasetOptions>()
            .Validate(options => options.AllFiles.All(file => !string.IsNullOrWhiteSpace(file)), "Each output file needs a name.")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new EarlierDialogues());
        services.AddSingleton<RunSessions>();
        return services;
    }

    /// <summary>Adds the consumers, one queue for all: the journal has one writer, and events keep their order.</summary>
    public static IBusRegistrationConfigurator AddDataset(this IBusRegistrationConfigurator bus)
    {
        Add<RunOpening>(bus);
        Add<CandidateArrival>(bus);
        Add<CandidateRejection>(bus);
        Add<CandidateScreening>(bus);
        Add<RunEnding>(bus);
        Add<RunRecalling>(bus);
        return bus;
    }

    private static void Add<TConsumer>(IBusRegistrationConfigurator bus)
        where TConsumer : class, IConsumer =>
        bus.AddConsumer<TConsumer>().Endpoint(endpoint =>
        {
            endpoint.Name = Queue;
            endpoint.ConcurrentMessageLimit = 1;
        });
}
