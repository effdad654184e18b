using DialogueMesh.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DialogueMesh.ServiceDefaults.Mesh;

/// <summary>The process of one service of the mesh: logs, telemetry, health, and an end that hands work back.</summary>
public static class MeshHost
{
    private const int BadInput = 2;

    /// <summary>How long what is being handled may take to finish once the process is told to stop; after that the broker gives it to others.</summary>
    public static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(25);

    /// <param name="args">Settings, over those of the environment.</param>
    /// <param name="service">What telemetry and logs call it.</param>
    /// <param name="add">Adds the service.</param>
    /// <param name="map">Adds what it answers over HTTP, besides its health.</param>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(
        string[] args, string service, Action<WebApplicationBuilder> add, Action<WebApplication>? map = null)
    {
        try
        {
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
            builder.Logging.ClearProviders().AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            });
            builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("System.Net.Http", LogLevel.Warning);
            builder.AddTelemetry(service);
            builder.Services.AddHealthChecks();
            builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = StopTimeout + TimeSpan.FromSeconds(5));
            add(builder);
            await using var app = builder.Build();

            app.UseMeshToken();

            // Alive is who answers; ready, whose checks (the bus among them) are well.
            app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
            app.MapHealthChecks("/health/ready");
            map?.Invoke(app);
            await app.RunAsync();
            return 0;
        }
        catch (InputException fault)
        {
            await Console.Error.WriteLineAsync($"error: {fault.Message.ReplaceLineEndings(" ")}");
            return BadInput;
        }
    }
}
