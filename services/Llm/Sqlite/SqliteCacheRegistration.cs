using DialogueMesh.Llm.Caching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DialogueMesh.Llm.Sqlite;

public static class SqliteCacheRegistration
{
    /// <summary>Has the clients of AddLlm keep answers in a file, which is opened with the first of them.</summary>
    public static IServiceCollection AddSqliteCache(this IServiceCollection services, string file) =>
        services.AddSingleton<IResponseCache>(provider =>
            new SqliteResponseCache(file, provider.GetRequiredService<ILogger<SqliteResponseCache>>()));
}
