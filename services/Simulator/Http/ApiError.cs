using System.Text.Json.Serialization;

namespace DialogueMesh.Simulator.Http;

/// <summary>A status and the body OpenAI's API has for errors.</summary>
internal sealed record ApiError(int Status, string Message, string Type, string? Param = null, string? Code = null)
{
    public static ApiError Invalid(string message, string? param = null, string? code = null) =>
        new(400, message, "invalid_request_error", param, code);

    public static ApiError WrongKey { get; } =
        new(401, "Incorrect API key provided.", "invalid_request_error", Code: "invalid_api_key");

    public static ApiError NoKey { get; } = new(
        401, "You didn't provide an API key. It goes into the Authorization header: Bearer KEY.", "invalid_request_error");

    public static ApiError WrongMethod(string method, string path) => new(405, $"Not allowed to {method} on {path}.", "invalid_request_error");

    public static ApiError NoSuchRoute(string method, string path) =>
        new(404, $"Invalid URL ({method} {path})", "invalid_request_error", Code: "unknown_url");

    public static ApiError NoSuchModel(string id) =>
        new(404, $"The model '{id}' does not exist or you do not have access to it.", "invalid_request_error", "model", "model_not_found");

    public static ApiError RateLimited { get; } =
        new(429, "Rate limit reached for requests.", "requests", Code: "rate_limit_exceeded");

    public static ApiError Internal { get; } =
        new(500, "The server had an error while processing your request.", "server_error");

    public static ApiError Overloaded { get; } = new(503, "The engine is currently overloaded.", "server_error");

    public object Body => new { Error = new Shape(Message, Type, Param, Code) };

    /// <summary>OpenAI writes param and code even where they are null.</summary>
    private sealed record Shape(
        string Message,
        string Type,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Param,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Code);
}

/// <summary>Ends the reading of a request that the API would refuse.</summary>
internal sealed class ApiErrorException(ApiError error) : Exception(error.Message)
{
    public ApiError Error { get; } = error;
}
