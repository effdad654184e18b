using DialogueMesh.Contracts.Messages;
using DialogueMesh.Llm.Counting;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DialogueMesh.Cli.Display;

/// <summary>Feeds what is shown and what is waited for; the messages have no other effect here.</summary>
internal sealed class RunDisplayConsumer(RunProgress progress, RunCompletion completion) :
    IConsumer<RunOpened>,
    IConsumer<CandidateJournalled>,
    IConsumer<DialogueAccepted>,
    IConsumer<DialogueRejected>,
    IConsumer<RunFaulted>,
    IConsumer<DatasetWritten>
{
    public Task Consume(ConsumeContext<RunOpened> context) => Done(() => progress.On(context.Message));

    public Task Consume(ConsumeContext<CandidateJournalled> context) => Done(() => progress.On(context.Message));

    public Task Consume(ConsumeContext<DialogueAccepted> context) => Done(() => progress.On(context.Message));

    public Task Consume(ConsumeContext<DialogueRejected> context) => Done(() => progress.On(context.Message));

    public Task Consume(ConsumeContext<RunFaulted> context) => Done(() => completion.On(context.Message));

    public Task Consume(ConsumeContext<DatasetWritten> context) => Done(() => completion.On(context.Message));

    private static Task Done(Action act)
    {
        act();
        return Task.CompletedTask;
    }
}

internal static class RunDisplayRegistration
{
    /// <summary>Adds <see cref="RunProgress"/> and <see cref="RunCompletion"/>.</summary>
    public static IServiceCollection AddRunDisplay(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new RunProgress(
            provider.GetRequiredService<TimeProvider>(), provider.GetService<LlmCounters>() is { } counters ? counters.Activity : null));
        services.AddSingleton<RunCompletion>();
        return services;
    }

    /// <summary>Adds the consumer that feeds them, on one queue, in order.</summary>
    public static IBusRegistrationConfigurator AddRunDisplay(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<RunDisplayConsumer>().Endpoint(endpoint =>
        {
            endpoint.Name = "run-display";
            endpoint.ConcurrentMessageLimit = 1;
        });
        return bus;
    }
}
