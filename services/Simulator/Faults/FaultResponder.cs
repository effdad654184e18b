using DialogueMesh.Simulator.Http;
using Microsoft.AspNetCore.Http;

namespace DialogueMesh.Simulator.Faults;

/// <summary>Writes the answer, or what a fault leaves of it.</summary>
internal static class FaultResponder
{
    public static async Task RespondAsync(HttpResponse response, Fault fault, Func<byte[]> answer)
    {
        switch (fault)
        {
            case Fault.None:
                await JsonBody.WriteAsync(response, StatusCodes.Status200OK, answer());
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
                await ResetAsync(response, answer());
                break;
            case Fault.Truncated:
                var whole = answer();
                await JsonBody.WriteAsync(response, StatusCodes.Status200OK, whole.AsMemory(0, whole.Length / 2));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault, null);
        }
    }

    private static async Task ResetAsync(HttpResponse response, byte[] body)
    {
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body.AsMemory(0, body.Length / 2));
        await response.Body.FlushAsync();
        response.HttpContext.Abort();
    }
}
