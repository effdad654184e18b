using DialogueMesh.Embedding;
using DialogueMesh.Embedding.Remote;
using DialogueMesh.ServiceDefaults.Mesh;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

return await MeshHost.RunAsync(
    args,
    "embedding",
    builder =>
    {
        builder.ListenForGrpc();
        builder.Services.AddSingleton(Encoders.Open(builder.Configuration["Embedding:Encoder"])).AddSingleton<SharedBatches>();
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = EmbeddingApi.MostBytes);
    },
    app => app.MapGrpcService<EmbeddingApi>());
