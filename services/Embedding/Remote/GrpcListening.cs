using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration.Memory;

namespace DialogueMesh.Embedding.Remote;

internal static class GrpcListening
{
    /// <summary>
    /// Two ports, since without TLS one cannot speak HTTP/2 with some and HTTP/1 with others: "grpc" for calls, "http" for
    /// health. Kestrel__Endpoints__grpc__Url and the like set others.
    /// </summary>
    public static void ListenForGrpc(this WebApplicationBuilder builder) => ((Microsoft.Extensions.Configuration.IConfigurationBuilder)builder.Configuration).Sources.Insert(
        0,
        new MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?>
            {
                ["Kestrel:Endpoints:grpc:Url"] = "http://localhost:5310",
                ["Kestrel:Endpoints:grpc:Protocols"] = "Http2",
                ["Kestrel:Endpoints:http:Url"] = "http://localhost:5311",
            },
        });
}
