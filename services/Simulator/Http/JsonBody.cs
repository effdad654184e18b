using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace DialogueMesh.Simulator.Http;

/// <summary>Reads and writes whole JSON bodies in the API's naming.</summary>
internal static class JsonBody
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    public static byte[] Bytes<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    public static JsonElement Element<T>(T value) => JsonSerializer.SerializeToElement(value, Options);

    public static async Task<JsonElement> ReadAsync(HttpRequest request)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                ? root.Clone()
                : throw new ApiErrorException(ApiError.Invalid("The body of the request must be a JSON object."));
        }
        catch (JsonException)
        {
            throw new ApiErrorException(ApiError.Invalid("We could not parse the JSON body of your request."));
        }
    }

    public static async Task WriteAsync(HttpResponse response, int status, ReadOnlyMemory<byte> body)
    {
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, response.HttpContext.RequestAborted);
    }

    public static Task WriteErrorAsync(HttpResponse response, ApiError error) =>
        WriteAsync(response, error.Status, Bytes(error.Body));
}
