using Microsoft.AspNetCore.Http;

namespace DialogueMesh.Simulator.Http;

/// <summary>Writes whole bodies.</summary>
internal static class Body
{
    public const string Json = "application/json";
    public const string EventStream = "text/event-stream";

    public static async Task WriteAsync(HttpResponse response, int status, string contentType, ReadOnlyMemory<byte> body)
    {
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, response.HttpContext.RequestAborted);
    }
}
