using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DialogueMesh.Console.Api;

/// <summary>A service that the console needs and that does not answer, or fails, is told in one line, not by an empty answer.</summary>
internal static partial class Unavailability
{
    private const string Silent = "does not answer: try again when it is back";
    private const string Refuses = "refuses the mesh's token: give all services the same Mesh__Token";

    public static void UseUnavailability(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("DialogueMesh.Console");
        app.Use(async (context, next) =>
        {
            try
            {
                await next(context);
            }
            catch (Exception fault) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested && Describe(fault) is not null)
            {
                LogUnavailable(log, Describe(fault)!, fault.Message.ReplaceLineEndings(" "));
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                await context.Response.WriteAsJsonAsync(new { error = Describe(fault) });
            }
        });
    }

    /// <summary>One line for the user; null where the fault is not of a service that was asked.</summary>
    internal static string? Describe(Exception fault) => fault switch
    {
        HttpRequestException { StatusCode: null } or TaskCanceledException { InnerException: TimeoutException } => $"the dataset service {Silent}",
        HttpRequestException { StatusCode: System.Net.HttpStatusCode.Unauthorized } => $"the dataset service {Refuses}",
        HttpRequestException { StatusCode: { } status } => $"the dataset service answers {(int)status}: its log says why",
        RpcException { StatusCode: StatusCode.Unavailable or StatusCode.DeadlineExceeded } => $"the embedding service {Silent}",
        RpcException { StatusCode: StatusCode.Unauthenticated } => $"the embedding service {Refuses}",
        RpcException { StatusCode: var status } => $"the embedding service answers {status}: its log says why",
        _ => null,
    };

    [LoggerMessage(LogLevel.Warning, "A call failed, {Line}: {Fault}")]
    private static partial void LogUnavailable(ILogger log, string line, string fault);
}
