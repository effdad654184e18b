using DialogueMesh.Dedup;
using DialogueMesh.Embedding.Remote;
using DialogueMesh.ServiceDefaults.Mesh;

return await MeshHost.RunAsync(args, "dedup", builder =>
{
    builder.Services.AddRemoteEncoder(builder.Configuration).AddDedup();
    builder.AddBus(bus => bus.AddDedup());
});
