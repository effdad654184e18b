using DialogueMesh.Embedding.Static;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DialogueMesh.Embedding;

public static class EmbeddingServices
{
    /// <summary>Adds the built-in encoder as <see cref="ITextEncoder"/>, unless another one is there.</summary>
    public static IServiceCollection AddEmbedding(this IServiceCollection services)
    {
        services.TryAddSingleton<ITextEncoder>(_ => StaticEncoder.BuiltIn);
        return services;
    }
}
