using System.Diagnostics.CodeAnalysis;
using MassTransit;
using MassTransit.Serialization;

namespace DialogueMesh.Cli.Embedded.Handover;

/// <summary>A message as a consumer gets it: the sender's own object.</summary>
internal sealed class HandedMessage(HandoverSerialization serialization, SentMessage sent)
    : BaseSerializerContext(SystemTextJsonMessageSerializer.Instance, sent, sent.Types)
{
    public override bool IsSupportedMessageType<T>() => sent.Message is T;

    public override bool IsSupportedMessageType(Type messageType) => messageType.IsInstanceOfType(sent.Message);

    public override bool TryGetMessage<T>([NotNullWhen(true)] out T? message)
        where T : class
    {
        message = sent.Message as T;
        return message is not null;
    }

    public override bool TryGetMessage(Type messageType, [NotNullWhen(true)] out object? message)
    {
        message = IsSupportedMessageType(messageType) ? sent.Message : null;
        return message is not null;
    }

    public override IMessageSerializer GetMessageSerializer() => serialization;

    public override IMessageSerializer GetMessageSerializer<T>(MessageEnvelope envelope, T message) => serialization;

    public override IMessageSerializer GetMessageSerializer(object message, string[] messageTypes) => serialization;

    public override Dictionary<string, object> ToDictionary<T>(T? message)
        where T : class => throw new NotSupportedException("Messages handed over in a process are not taken apart");
}
