using DialogueMesh.Dataset.Files;
using DialogueMesh.ServiceDefaults.Mesh;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace DialogueMesh.Dataset.Serving;

/// <summary>Starts, once the bus is there, the runs again that were going on when the last process ended.</summary>
internal sealed class RunRecovery(RunSessions sessions, IBus bus) : OnceStarted
{
    public override async Task StartedAsync(CancellationToken cancellationToken)
    {
        foreach (var start in sessions.Running(runId: null))
        {
            await bus.Publish(start, cancellationToken);
        }
    }
}

public static class RunFolders
{
    /// <summary>Keeps each run in a folder of its own, and goes on with those that have not ended.</summary>
    /// <param name="services">Of the process.</param>
    /// <param name="root">The folder of the folders; only one process at a time writes there.</param>
    public static IServiceCollection AddRunFolders(this IServiceCollection services, string root) => services
        .Configure<DatasetOptions>(options => options.Root = Path.GetFullPath(root))
        .AddHostedService<RunRecovery>();
}
