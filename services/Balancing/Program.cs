using DialogueMesh.Balancing;
using DialogueMesh.ServiceDefaults.Mesh;

return await MeshHost.RunAsync(args, "balancing", builder =>
{
    builder.Services.AddBalancing().AddRecall();
    builder.AddBus(bus => bus.AddBalancing(), singleReader: BalancingService.Queue);
});
