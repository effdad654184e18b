using System.Net.Mime;
using System.Runtime.CompilerServices;
using MassTransit;
using MassTransit.Serialization;

namespace DialogueMesh.Cli.Embedded.Handover;

/// <summary>
/// Hands messages over within the process instead of writing them as JSON for each delivery: a message is an immutable
/// record, so sender and receivers can share it. What the in-memory transport carries as the body is an empty array of
/// its own for each message, a ticket for which the message is kept as long as the transport keeps the ticket.
/// </summary>
internal sealed class HandoverSerialization : ISerializerFactory, IMessageSerializer, IMessageDeserializer
{
    private readonly ConditionalWeakTable<byte[], SentMessage> sent = [];

    public ContentType ContentType { get; } = new("application/vnd.dialoguemesh.handover");

    public IMessageSerializer CreateSerializer() => this;

    public IMessageDeserializer CreateDeserializer() => this;

    public MessageBody GetMessageBody<T>(SendContext<T> context)
        where T : class
    {
        // Not Array.Empty: the array's identity is what counts.
        var ticket = new byte[1];
        sent.Add(ticket, SentMessage.Of(context));
        return new BytesMessageBody(ticket);
    }

    public ConsumeContext Deserialize(ReceiveContext receiveContext) =>
        new BodyConsumeContext(receiveContext, Deserialize(receiveContext.Body, receiveContext.TransportHeaders, receiveContext.InputAddress));

    public SerializerContext Deserialize(MessageBody body, Headers headers, Uri? destinationAddress = null) =>
        sent.TryGetValue(body.GetBytes(), out var message)
            ? new HandedMessage(this, message)
            : throw new System.Runtime.Serialization.SerializationException("The message was not sent in this process");

    public MessageBody GetMessageBody(string text) => new StringMessageBody(text);

    public void Probe(ProbeContext context) => context.CreateScope("handover").Add("contentType", ContentType.MediaType);
}
