using DialogueMesh.Generation;
using DialogueMesh.Llm;
using DialogueMesh.ServiceDefaults.Mesh;

return await MeshHost.RunAsync(args, "generation", builder =>
{
    var options = LlmConfiguration.Read(builder.Configuration);
    builder.Services.AddLlm(options).AddGeneration();
    builder.AddBus(bus => bus.AddGeneration(options.MaxParallel));
});
