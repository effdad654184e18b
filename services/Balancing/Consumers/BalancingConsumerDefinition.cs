using MassTransit;

namespace DialogueMesh.Balancing.Consumers;

/// <summary>One queue for all: a run's messages take turns, and only one process may hold its progress.</summary>
internal sealed class BalancingConsumerDefinition<TConsumer> : ConsumerDefinition<TConsumer>
    where TConsumer : class, IConsumer
{
    public BalancingConsumerDefinition()
    {
        EndpointName = BalancingService.Queue;
        ConcurrentMessageLimit = 1;
    }
}
