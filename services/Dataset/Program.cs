using DialogueMesh.Dataset;
using DialogueMesh.Dataset.Serving;
using DialogueMesh.ServiceDefaults.Mesh;

return await MeshHost.RunAsync(
    args,
    "dataset",
    builder =>
    {
        builder.Services.AddDataset().AddRunFolders(builder.Configuration["Dataset:Root"] ?? "runs");
        builder.AddBus(bus => bus.AddDataset(), singleReader: DatasetServices.Queue);
    },
    app => app.MapRuns());
