using DialogueMesh.AppHost.Infrastructure;
using Microsoft.Extensions.Configuration;

// The mesh on one machine: what it needs, then its services, each with what it is told and what it waits for.
var builder = DistributedApplication.CreateBuilder(args);
if (MeshInfrastructure.Choose(builder) is not { } infrastructure)
{
    return 2;
}

var bus = infrastructure.AddBroker(builder);
var model = ModelServer.Add(builder);

var embedding = builder.AddProject<Projects.DialogueMesh_Embedding>("embedding").ServesGrpc();
var scenario = builder.AddProject<Projects.DialogueMesh_Scenario>("scenario").Uses(bus).ServesHttp();
var generation = builder.AddProject<Projects.DialogueMesh_Generation>("generation").Uses(bus).Uses(model).ServesHttp();
var moderation = builder.AddProject<Projects.DialogueMesh_Moderation>("moderation").Uses(bus).Uses(model).ServesHttp();
var dedup = builder.AddProject<Projects.DialogueMesh_Dedup>("dedup").Uses(bus).Encodes(embedding).ServesHttp();
foreach (var stateless in new[] { scenario, generation, moderation, dedup, embedding })
{
    stateless.WithReplicas(builder.Configuration.GetValue("Mesh:Replicas", 1));
}

// One of each at a time: they hold a run's progress and its journal.
var dataset = builder.AddProject<Projects.DialogueMesh_Dataset>("dataset").Uses(bus).ServesHttp()
    .WithEnvironment("Dataset__Root", Path.GetFullPath(builder.Configuration["Mesh:Runs"] ?? "runs", builder.AppHostDirectory));
var balancing = builder.AddProject<Projects.DialogueMesh_Balancing>("balancing").Uses(bus).ServesHttp().WaitFor(dataset);

builder.AddProject<Projects.DialogueMesh_Console>("console").Uses(bus).Uses(model).Encodes(embedding)
    .WithEnvironment("Dataset__Address", dataset.GetEndpoint("http"))
    .ServesHttp(port: builder.Configuration.GetValue("Mesh:Port", 5300))
    .WithExternalHttpEndpoints()
    .WaitFor(scenario).WaitFor(generation).WaitFor(moderation).WaitFor(dedup).WaitFor(dataset).WaitFor(balancing);

await builder.Build().RunAsync();
return 0;
