using MassTransit;

namespace DialogueMesh.Cli.Embedded.Handover;

internal static class HandoverRegistration
{
    /// <summary>Has the transport hand messages over instead of copying them.</summary>
    public static void HandOver(this IInMemoryBusFactoryConfigurator transport)
    {
        var handover = new HandoverSerialization();
        transport.AddSerializer(handover);
        transport.AddDeserializer(handover, isDefault: true);
    }
}
