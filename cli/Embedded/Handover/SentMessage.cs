using MassTransit;
using MassTransit.Metadata;

namespace DialogueMesh.Cli.Embedded.Handover;

/// <summary>A message as it was sent, with what goes along with it.</summary>
internal sealed record SentMessage : MessageContext
{
    public required object Message { get; init; }
    public required string[] Types { get; init; }
    public required Headers Headers { get; init; }
    public Guid? MessageId { get; init; }
    public Guid? RequestId { get; init; }
    public Guid? CorrelationId { get; init; }
    public Guid? ConversationId { get; init; }
    public Guid? InitiatorId { get; init; }
    public Uri? SourceAddress { get; init; }
    public Uri? DestinationAddress { get; init; }
    public Uri? ResponseAddress { get; init; }
    public Uri? FaultAddress { get; init; }

    /// <summary>Nothing expires within a process.</summary>
    public DateTime? ExpirationTime => null;

    public DateTime? SentTime => MessageId?.ToNewId().Timestamp;

    public HostInfo Host => HostMetadataCache.Host;

    public static SentMessage Of<T>(SendContext<T> context)
        where T : class => new()
        {
            Message = context.Message,
            Types = context.SupportedMessageTypes,
            Headers = context.Headers,
            MessageId = context.MessageId,
            RequestId = context.RequestId,
            CorrelationId = context.CorrelationId,
            ConversationId = context.ConversationId,
            InitiatorId = context.InitiatorId,
            SourceAddress = context.SourceAddress,
            DestinationAddress = context.DestinationAddress,
            ResponseAddress = context.ResponseAddress,
            FaultAddress = context.FaultAddress,
        };
}
