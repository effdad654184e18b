using DialogueMesh.Contracts.Messages;
using DialogueMesh.ServiceDefaults.Mesh;
using MassTransit;

namespace DialogueMesh.Balancing.Consumers;

/// <summary>Asks, once the bus is there, for the runs that another process held before.</summary>
internal sealed class Recall(IBus bus) : OnceStarted
{
    public override Task StartedAsync(CancellationToken cancellationToken) => bus.Publish(new RunsWanted(), cancellationToken);
}
