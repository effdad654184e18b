using DialogueMesh.Contracts.Messages;
using Google.Protobuf;
using Grpc.Core;
using Proto = DialogueMesh.Embedding.V1;

namespace DialogueMesh.Embedding.Remote;

/// <summary>The encoder over gRPC.</summary>
internal sealed class EmbeddingApi(ITextEncoder encoder, SharedBatches batches) : Proto.Embedding.EmbeddingBase
{
    public const int MostTexts = 1024;
    public const int MostBytes = 4 << 20;

    public override Task<Proto.Encoder> Describe(Proto.DescribeRequest request, ServerCallContext context) => Task.FromResult(Description());

    public override async Task<Proto.EncodeReply> Encode(Proto.EncodeRequest request, ServerCallContext context)
    {
        if (request.Texts.Count is 0 or > MostTexts)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, $"{request.Texts.Count} texts: send 1 to {MostTexts}"));
        }

        var reply = new Proto.EncodeReply { Encoder = Description() };
        var vectors = await batches.EncodeAsync(request.Texts, context.CancellationToken);
        reply.Vectors.AddRange(vectors.Select(vector => UnsafeByteOperations.UnsafeWrap(VectorBytes.Of(vector))));
        return reply;
    }

    private Proto.Encoder Description() => new()
    {
        Name = encoder.Id.Name,
        Dimension = encoder.Id.Dimension,
        Sha256 = encoder.Id.Sha256,
        DefaultThreshold = encoder.DefaultThreshold,
    };
}
