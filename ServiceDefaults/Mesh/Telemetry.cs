using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace DialogueMesh.ServiceDefaults.Mesh;

/// <summary>Traces, metrics and logs by OTLP, where OTEL_EXPORTER_OTLP_ENDPOINT says so.</summary>
internal static class Telemetry
{
    private const string Own = "DialogueMesh.*";
    private const string Bus = "MassTransit";

    public static void AddTelemetry(this WebApplicationBuilder builder, string service)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return;
        }

        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeFormattedMessage = true;
            logs.IncludeScopes = true;
        });
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(builder.Configuration["OTEL_SERVICE_NAME"] ?? service))
            .WithTracing(traces => traces.AddSource(Own, Bus).AddAspNetCoreInstrumentation(WithoutHealth).AddHttpClientInstrumentation())
            .WithMetrics(metrics => metrics.AddMeter(Own, Bus).AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation())
            .UseOtlpExporter();
    }

    private static void WithoutHealth(OpenTelemetry.Instrumentation.AspNetCore.AspNetCoreTraceInstrumentationOptions options) =>
        options.Filter = context => !context.Request.Path.StartsWithSegments("/health");
}
