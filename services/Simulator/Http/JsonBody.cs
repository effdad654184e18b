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

    /// <summary>Throws <see cref="ApiErrorException"/> where the body is no JSON object, beside what <paramref name="read"/> throws.</summary>
    public static async Task<T> ReadAsync<T>(HttpRequest request, Func<JsonElement, T> read)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                ? read(root)
                : throw new ApiErrorException(ApiError.Invalid("The body of the request must be a JSON object."));
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // The latter is what reading a text throws that has half a character in it, such as "\ud800".
            throw new ApiErrorException(ApiError.Invalid("We could not parse the JSON body of your request."));
        }
    }

    public static Task WriteAsync<T>(HttpResponse response, T value) =>
        Body.WriteAsync(response, StatusCodes.Status200OK, Body.Json, Bytes(value));

    public static Task WriteErrorAsync(HttpResponse response, ApiError error) =>
        Body.WriteAsync(response, error.Status, Body.Json, Bytes(error.Body));
}
