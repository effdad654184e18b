using System.Net.Http.Headers;
using DialogueMesh.Console.Api;
using DialogueMesh.Console.Events;
using DialogueMesh.Console.Runs;
using DialogueMesh.Contracts;
using DialogueMesh.Embedding.Remote;
using DialogueMesh.Llm;
using DialogueMesh.Scenario.Inputs;
using DialogueMesh.ServiceDefaults.Mesh;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DialogueMesh.Console;

/// <summary>Console is the mesh's way in: it starts runs, tells how they go and hands out their files.</summary>
public static class ConsoleService
{
    /// <summary>What Dataset may take to begin an answer; one that is frozen is told of like one that is gone.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <exception cref="InputException">A setting or a file of the run's inputs cannot be used.</exception>
    public static void AddConsole(this WebApplicationBuilder builder)
    {
        var (configuration, services) = (builder.Configuration, builder.Services);
        var address = MeshAddress.Of(configuration, "Dataset");
        services
            .AddLlm(LlmConfiguration.Read(configuration))
            .AddRemoteEncoder(configuration)
            .AddSingleton(RunInputs.Load(configuration.GetSection(InputOptions.Section).Get<InputOptions>() ?? new(), default))
            .AddSingleton<RunStarter>()
            .AddSingleton<RunFeeds>()
            .AddHttpClient<RunArchive>(client =>
            {
                client.BaseAddress = address;
                client.Timeout = Patience;
                client.DefaultRequestHeaders.Authorization = MeshToken.Of(configuration) is { } token
                    ? new AuthenticationHeaderValue(MeshToken.Scheme, token)
                    : null;
            });
    }

    /// <summary>What happens reaches every replica: each has a queue of its own, which ends with it.</summary>
    public static void AddConsole(this IBusRegistrationConfigurator bus) => bus.AddConsumer<RunFeedConsumer>().Endpoint(endpoint =>
    {
        endpoint.Name = MeshBus.TemporaryQueue("console");
        endpoint.Temporary = true;
        endpoint.ConcurrentMessageLimit = 1;
    });

    public static void MapConsole(this WebApplication app)
    {
        app.UseUnavailability();
        app.MapRunsApi();
        app.MapStatusPage();
    }
}
