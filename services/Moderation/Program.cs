using DialogueMesh.Llm;
using DialogueMesh.Moderation;
using DialogueMesh.ServiceDefaults.Mesh;
using Microsoft.Extensions.Configuration;

return await MeshHost.RunAsync(args, "moderation", builder =>
{
    builder.Services
        .AddLlm(LlmConfiguration.Read(builder.Configuration))
        .AddModeration(builder.Configuration.GetSection(ModerationOptions.Section).Get<ModerationOptions>());
    builder.AddBus(bus => bus.AddModeration());
});
