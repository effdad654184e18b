using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DialogueMesh.Simulator;

/// <summary>A running simulator: OpenAI's API over HTTP on the loopback interface, in this process.</summary>
public sealed class SimulatorHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private SimulatorHost(WebApplication app, SimulatorCounts counts)
    {
        (this.app, Counts) = (app, counts);
        BaseAddress = new Uri($"{app.Urls.Single()}/v1");
    }

    /// <summary>What an OpenAI client takes as its endpoint; ends in /v1.</summary>
    public Uri BaseAddress { get; }

    public SimulatorCounts Counts { get; }

    public static Task<SimulatorHost> StartAsync(
        SimulatorOptions options, ChatReply reply, CancellationToken cancellationToken = default) =>
        StartAsync(options, reply, TimeProvider.System, cancellationToken);

    /// <summary>Throws <see cref="Contracts.InputException"/> on bad options and <see cref="IOException"/> when the port is taken.</summary>
    public static async Task<SimulatorHost> StartAsync(
        SimulatorOptions options, ChatReply reply, TimeProvider time, CancellationToken cancellationToken = default)
    {
        options.Validate();

        // The empty builder reads no settings of the surrounding process (ASPNETCORE_URLS, appsettings) and logs nothing.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, Unattended>();

        // Whoever stops the simulator has no use for answers still under way.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        var app = builder.Build();
        var api = new SimulatorApi(options, reply, time);
        api.Map(app);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new SimulatorHost(app, api.Counts);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    /// <summary>Leaves Ctrl-C and SIGTERM to the process that hosts the simulator; the default lifetime takes them.</summary>
    private sealed class Unattended : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
