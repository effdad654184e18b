using DialogueMesh.Simulator.Http;
using DialogueMesh.Simulator.Limits;
using Microsoft.AspNetCore.Http;

namespace DialogueMesh.Simulator.Faults;

/// <summary>Writes the answer, or what a fault leaves of it.</summary>
internal static class FaultResponder
{
    private const string Html = "text/html";
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(1);
    private static readonly byte[] Portal = "<!DOCTYPE html><html><body><h1>Welcome</h1><p>Log in to use this network.</p></body></html>"u8.ToArray();
    private static readonly byte[] Gateway = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"u8.ToArray();

    /// <param name="contentType">Of the answer.</param>
    /// <param name="answer">Not asked for where nothing of it is sent.</param>
    public static async Task RespondAsync(HttpResponse response, Fault fault, string contentType, Func<byte[]> answer, DateTimeOffset now)
    {
        switch (fault)
        {
            case Fault.RateLimited:
                await JsonBody.WriteErrorAsync(response, ApiError.RateLimited);
                break;
            case Fault.RetryAfterSeconds or Fault.RetryAfterDate:
                LimitHeaders.WriteWait(response.Headers, Wait, fault == Fault.RetryAfterDate ? RetryAfterForm.Date : RetryAfterForm.Seconds, now);
                await JsonBody.WriteErrorAsync(response, ApiError.RateLimited);
                break;
            case Fault.ServerError:
                await JsonBody.WriteErrorAsync(response, ApiError.Internal);
                break;
            case Fault.BadGateway:
                await Body.WriteAsync(response, StatusCodes.Status502BadGateway, Html, Gateway);
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
            case Fault.WrongContentType:
                await Body.WriteAsync(response, StatusCodes.Status200OK, Html, Portal);
                break;
            case Fault.Silence:
                await Task.Delay(Timeout.Infinite, response.HttpContext.RequestAborted);
                break;
            default:
                await Body.WriteAsync(response, StatusCodes.Status200OK, contentType, answer());
                break;
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
