namespace DialogueMesh.AppHost.Infrastructure;

/// <summary>Who answers as the model: the one whose key or address is given, else the simulator.</summary>
internal sealed class ModelServer
{
    private readonly IResourceBuilder<ParameterResource>? key;
    private readonly string? address;
    private readonly IResourceBuilder<ProjectResource>? simulator;

    private ModelServer(IDistributedApplicationBuilder builder)
    {
        address = builder.Configuration["Llm:Endpoint"];
        if (builder.Configuration["OPENAI_API_KEY"] is { Length: > 0 } given)
        {
            key = builder.AddParameter("openai-api-key", given, secret: true);
        }
        else if (address is null)
        {
            simulator = builder.AddProject<Projects.DialogueMesh_Simulator>("simulator").WithHttpEndpoint(name: "http", env: "DIALOGUEMESH_Simulator__Port");
        }
    }

    public static ModelServer Add(IDistributedApplicationBuilder builder) => new(builder);

    public IResourceBuilder<ProjectResource> Tell(IResourceBuilder<ProjectResource> service)
    {
        if (simulator is not null)
        {
            return service
                .WithEnvironment("Llm__Endpoint", ReferenceExpression.Create($"{simulator.GetEndpoint("http")}/v1"))
                .WithEnvironment("Llm__EndpointName", "simulator")
                .WithEnvironment("Llm__MaxParallel", "64")
                .WaitFor(simulator);
        }

        if (address is not null)
        {
            service.WithEnvironment("Llm__Endpoint", address);
        }

        return key is null ? service : service.WithEnvironment("OPENAI_API_KEY", key);
    }
}
