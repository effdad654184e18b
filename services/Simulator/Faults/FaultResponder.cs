using DialogueMesh.Simulator.Http;
using Microsoft.AspNetCore.Http;

namespace DialogueMesh.Simulator.Faults;

/// <summary>Writes the answer, or what a fault leaves of it.</summary>
internal static class FaultResponder
{
    /// <param name="contentType">Of the answer.</param>
    public static async Task RespondAsync(HttpResponse response, Fault fault, string contentType, Func<byte[]> answer)
    {
        switch (fault)
        {
            case Fault.None:
                await Body.WriteAsync(response, StatusCodes.Status200OK, contentType, answer());
                break;
            case Fault.RetryNow:
                response.Headers.RetryAfter = "0";
                await JsonBody.WriteErrorAsync(response, ApiError.RateLimited);
                break;
            case Fault.RateLimited:
                await JsonBody.WriteErrorAsync(response, ApiError.RateLimited);
                break;
            case Fault.ServerError:
                await JsonBody.WriteErrorAsync(response, ApiError.Internal);
                break;
            case Fault.Overloaded:
                await JsonBody.WriteErrorAsync(response, ApiError.Overloaded);
                break;
            case Fault.Reset:
                await ResetAsync(response, contentType, answer());
                break;
            case Fault.Truncated:
                var whole = answer();
                await Body.WriteAsync(response, StatusCodes.Status200OK, contentType, whole.AsMemory(0, whole.Length / 2));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault, null);
        }
    }

    private static async Task ResetAsync(HttpResponse response, string contentType, byte[] body)
    {
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body.AsMemory(0, body.Length / 2));
        await response.Body.FlushAsync();
        response.HttpContext.Abort();
    }
}
