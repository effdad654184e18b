using MassTransit;

namespace DialogueMesh.Balancing.Consumers;

/// <summary>One endpoint a message type, "balancing-start-run" and so on; a run's messages take turns anyway.</summary>
internal sealed class BalancingConsumerDefinition<TConsumer> : ConsumerDefinition<TConsumer>
    where TConsumer : class, IConsumer
{
    public BalancingConsumerDefinition()
    {
        EndpointName = "balancing-" + KebabCaseEndpointNameFormatter.Instance.Consumer<TConsumer>();
        ConcurrentMessageLimit = 4;
    }
}
