using DialogueMesh.Contracts.Messages;
using MassTransit;
using Microsoft.Extensions.Hosting;

namespace DialogueMesh.Balancing.Consumers;

/// <summary>Asks, once the bus is there, for the runs that another process held before.</summary>
internal sealed class Recall(IBus bus) : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken) => bus.Publish(new RunsWanted(), cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
