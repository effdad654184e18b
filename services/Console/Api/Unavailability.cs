using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DialogueMesh.Console.Api;

/// <summary>A service that the console needs and that does not answer is told in one line, not by an empty answer.</summary>
internal static partial class Unavailability
{
    public static void UseUnavailability(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("DialogueMesh.Console");
        app.Use(async (context, next) =>
        {
            try
            {
                await next(context);
            }
            catch (Exception fault) when (!context.Response.HasStarted && ServiceOf(fault) is not null)
            {
                LogUnavailable(log, ServiceOf(fault)!, fault.Message.ReplaceLineEndings(" "));
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                await context.Response.WriteAsJsonAsync(new { error = $"the {ServiceOf(fault)} service does not answer: try again when it is back" });
            }
        });
    }

    private static string? ServiceOf(Exception fault) => fault switch
    {
        HttpRequestException => "dataset",
        RpcException => "embedding",
        _ => null,
    };

    [LoggerMessage(LogLevel.Warning, "The {Service} service does not answer: {Fault}")]
    private static partial void LogUnavailable(ILogger log, string service, string fault);
}
