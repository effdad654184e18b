using DialogueMesh.Contracts;
using DialogueMesh.ServiceDefaults.Mesh;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DialogueMesh.Embedding.Remote;

public static class RemoteEncoderRegistration
{
    /// <summary>Adds the encoder at the address in "Embedding:Address" as <see cref="ITextEncoder"/>.</summary>
    /// <exception cref="InputException">There is no address, or it is none.</exception>
    public static IServiceCollection AddRemoteEncoder(this IServiceCollection services, IConfiguration configuration)
    {
        var address = MeshAddress.Of(configuration, "Embedding");
        return services.AddSingleton<ITextEncoder>(_ => new RemoteEncoder(address, MeshToken.Of(configuration)));
    }
}
