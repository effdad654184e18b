using DialogueMesh.Scenario;
using DialogueMesh.Scenario.Blueprints;
using DialogueMesh.Scenario.Inputs;
using DialogueMesh.ServiceDefaults.Mesh;
using Microsoft.Extensions.Configuration;

return await MeshHost.RunAsync(args, "scenario", builder =>
{
    var inputs = RunInputs.Load(builder.Configuration.GetSection(InputOptions.Section).Get<InputOptions>() ?? new(), default);
    builder.Services.AddScenario(new BlueprintMaker(inputs.Ontology, inputs.Corpus, inputs.Personas));
    builder.AddBus(bus => bus.AddScenario());
});
