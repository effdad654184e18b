namespace DialogueMesh.AppHost.Infrastructure;

/// <summary>What the services are told, as their hosts read it.</summary>
internal static class ServiceSettings
{
    private const string Health = "/health/ready";

    public static IResourceBuilder<ProjectResource> Uses(this IResourceBuilder<ProjectResource> service, Broker broker) =>
        broker.WaitedFor(service.WithReference(broker.Connection));

    public static IResourceBuilder<ProjectResource> Uses(this IResourceBuilder<ProjectResource> service, ModelServer model) => model.Tell(service);

    public static IResourceBuilder<ProjectResource> Encodes(this IResourceBuilder<ProjectResource> service, IResourceBuilder<ProjectResource> embedding) =>
        service.WithEnvironment("Embedding__Address", embedding.GetEndpoint("grpc")).WaitFor(embedding);

    public static IResourceBuilder<ProjectResource> ServesHttp(this IResourceBuilder<ProjectResource> service, int? port = null) =>
        service.Guarded().WithHttpEndpoint(port: port, name: "http").WithHttpHealthCheck(Health);

    /// <summary>Without TLS, HTTP/2 and HTTP/1 need a port each.</summary>
    public static IResourceBuilder<ProjectResource> ServesGrpc(this IResourceBuilder<ProjectResource> service)
    {
        service.Guarded().WithHttpEndpoint(name: "grpc").WithHttpEndpoint(name: "http").WithHttpHealthCheck(Health, endpointName: "http");
        foreach (var name in new[] { "grpc", "http" })
        {
            service.WithEnvironment(
                $"Kestrel__Endpoints__{name}__Url",
                ReferenceExpression.Create($"http://localhost:{service.GetEndpoint(name).Property(EndpointProperty.TargetPort)}"));
        }

        return service;
    }

    /// <summary>With the mesh's token, where there is one.</summary>
    private static IResourceBuilder<ProjectResource> Guarded(this IResourceBuilder<ProjectResource> service) =>
        service.ApplicationBuilder.Configuration["Mesh:Token"] is { Length: > 0 } token ? service.WithEnvironment("Mesh__Token", token) : service;
}
