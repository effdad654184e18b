using DialogueMesh.Contracts;
using Microsoft.Extensions.Configuration;

namespace DialogueMesh.ServiceDefaults.Mesh;

/// <summary>Where another service of the mesh is.</summary>
public static class MeshAddress
{
    /// <param name="configuration">The process's.</param>
    /// <param name="service">Whose setting "SERVICE:Address" says it.</param>
    /// <exception cref="InputException">It is not set, or is no address.</exception>
    public static Uri Of(IConfiguration configuration, string service)
    {
        var text = configuration[$"{service}:Address"];
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new InputException($"{service}__Address is '{text}': set it to where that service is, as http://{service.ToLowerInvariant()}:8080");
    }
}
