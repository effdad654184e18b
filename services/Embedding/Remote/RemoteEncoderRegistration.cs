using DialogueMesh.Contracts;
using DialogueMesh.ServiceDefaults.Mesh;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DialogueMesh.Embedding.Remote;

public static class RemoteEncoderRegistration
{
    private const string Setting = "Embedding:Address";

    /// <summary>Adds the encoder at the address in "Embedding:Address" as <see cref="ITextEncoder"/>.</summary>
    /// <exception cref="InputException">There is no address, or it is none.</exception>
    public static IServiceCollection AddRemoteEncoder(this IServiceCollection services, IConfiguration configuration)
    {
        var text = configuration[Setting];
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? services.AddSingleton<ITextEncoder>(_ => new RemoteEncoder(address, MeshToken.Of(configuration)))
            : throw new InputException($"{Setting} is '{text}': set Embedding__Address to the embedding service's gRPC address, as http://embedding:8080");
    }
}
