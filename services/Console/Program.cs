using DialogueMesh.Console;
using DialogueMesh.ServiceDefaults.Mesh;

return await MeshHost.RunAsync(
    args,
    "console",
    builder =>
    {
        builder.AddConsole();
        builder.AddBus(bus => bus.AddConsole());
    },
    app => app.MapConsole());
