using DialogueMesh.Contracts.Messages;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.ServiceDefaults.Mesh;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;
using Proto = DialogueMesh.Embedding.V1;

namespace DialogueMesh.Embedding.Remote;

/// <summary>An encoder in another process.</summary>
public sealed class RemoteEncoder : ITextEncoder, IDisposable
{
    /// <summary>Of a call with all its tries: a transformer on a busy processor takes its time.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly GrpcChannel channel;
    private readonly Proto.Embedding.EmbeddingClient client;
    private readonly Lazy<Proto.Encoder> described;

    private readonly Metadata headers = [];

    /// <param name="address">As http://embedding:8080.</param>
    /// <param name="token">The mesh's; null where none is set.</param>
    public RemoteEncoder(Uri address, string? token)
    {
        if (token is not null)
        {
            headers.Add("authorization", $"{MeshToken.Scheme} {token}");
        }

        channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions { ServiceConfig = new ServiceConfig { MethodConfigs = { Patient() } } });
        client = new Proto.Embedding.EmbeddingClient(channel);
        described = new(() => client.Describe(new Proto.DescribeRequest(), headers, deadline: Until()), LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>Asked for once, when it is first needed.</summary>
    /// <exception cref="RpcException">The other process cannot be reached.</exception>
    public EncoderId Id => IdOf(described.Value);

    public double DefaultThreshold => described.Value.DefaultThreshold;

    /// <exception cref="RpcException">The other process cannot be reached, or failed.</exception>
    /// <exception cref="InvalidOperationException">Another encoder answers than did before: their vectors do not compare.</exception>
    public async ValueTask<float[][]> EncodeAsync(IReadOnlyList<string> texts, CancellationToken ct)
    {
        var reply = await client.EncodeAsync(new Proto.EncodeRequest { Texts = { texts } }, headers, deadline: Until(), cancellationToken: ct);
        return IdOf(reply.Encoder) == Id
            ? [.. reply.Vectors.Select(bytes => VectorBytes.Read(bytes.Span))]
            : throw new InvalidOperationException(
                $"the embedding service changed its encoder from {Id.Name} to {reply.Encoder.Name}: give all its replicas the same, and start again");
    }

    public void Dispose() => channel.Dispose();

    private static EncoderId IdOf(Proto.Encoder encoder) => new(encoder.Name, encoder.Dimension, encoder.Sha256);

    private static DateTime Until() => TimeProvider.System.GetUtcNow().UtcDateTime + Deadline;

    private static MethodConfig Patient() => new()
    {
        Names = { MethodName.Default },
        RetryPolicy = new RetryPolicy
        {
            MaxAttempts = 5,
            InitialBackoff = TimeSpan.FromMilliseconds(200),
            MaxBackoff = TimeSpan.FromSeconds(5),
            BackoffMultiplier = 3,
            RetryableStatusCodes = { StatusCode.Unavailable },
        },
    };
}
