using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using System.Text.RegularExpressions;
using DialogueMesh.Llm.Budgets;
using DialogueMesh.Llm.Retrying;

namespace DialogueMesh.Llm.OpenAI;

/// <summary>Says what an exception of the SDK means.</summary>
internal sealed partial class FaultReader(OpenAIEndpoint endpoint, TimeProvider time)
{
    private const int MaxServerText = 300;

    // 429s and 403s that no wait mends.
    private static readonly string[] OutOfQuota = ["insufficient_quota", "billing_hard_limit_reached", "billing_not_active"];
    private static readonly string[] FilterCodes = ["content_filter", "content_policy_violation"];

    public Fault Read(Exception exception)
    {
        switch (exception)
        {
            case ClientResultException { Status: > 0 } answered when answered.GetRawResponse() is { } response:
                endpoint.Reached = true;
                return Answered(response);
            case UnusableAnswerException unusable:
                return Unusable(unusable.Message);
            case ClientResultException { InnerException: UnusableAnswerException unusable }:
                return Unusable(unusable.Message);
            case ClientResultException { InnerException: HttpRequestException inner }:
                return Disconnected(inner.HttpRequestError);
            case HttpRequestException request:
                return Disconnected(request.HttpRequestError);
            case HttpIOException io:
                return Disconnected(io.HttpRequestError);
            case OperationCanceledException:
                // Nobody gave the call up, so it is the connect timeout.
                return Disconnected(HttpRequestError.ConnectionError);
            case IOException or ObjectDisposedException:
                return Disconnected(HttpRequestError.ResponseEnded);
            default:
                // The SDK throws whatever its deserialiser trips over: JSON, range, format and key errors alike.
                return Unusable("the answer's body is broken off or not of the API's form");
        }
    }

    /// <summary>The server's word on its limits, where an exception brings its answer.</summary>
    public static RateLimits Limits(Exception exception) =>
        exception is ClientResultException answered && answered.GetRawResponse() is { } response
            ? LimitHeaders.Read(response.Headers)
            : RateLimits.None;

    private Fault Unusable(string line)
    {
        endpoint.Reached = true;
        return new Fault(FaultCause.InvalidBody, line);
    }

    private Fault Disconnected(HttpRequestError error)
    {
        var unreachable = error is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;
        if (!unreachable)
        {
            endpoint.Reached = true;
            return new Fault(FaultCause.ConnectionLost, "the connection broke off before the answer was complete");
        }

        var line = error switch
        {
            HttpRequestError.NameResolutionError => "the host name cannot be resolved",
            HttpRequestError.SecureConnectionError => "no secure connection could be made",
            HttpRequestError.ProxyTunnelError => "the proxy does not let the connection through",
            _ => "the connection was refused or timed out",
        };
        return new Fault(endpoint.Reached ? FaultCause.ConnectionLost : FaultCause.Refused, line)
        {
            Advice = "Check the endpoint's URL, that the server runs and that the network is up.",
        };
    }

    private Fault Answered(PipelineResponse response)
    {
        var error = ErrorBody.Read(response.Content);
        var text = Scrub(error.Message ?? response.ReasonPhrase);
        var line = text.Length > 0 ? $"{response.Status} {text}" : $"{response.Status}";
        if (OutOfQuota.Contains(error.Code) || OutOfQuota.Contains(error.Type))
        {
            return new Fault(FaultCause.Refused, line) { Advice = "The account is out of quota: check its plan and billing." };
        }

        return response.Status switch
        {
            408 => new Fault(FaultCause.RequestTimeout, line) { RetryAfter = Wait(response) },
            409 => new Fault(FaultCause.Conflict, line) { RetryAfter = Wait(response) },
            429 => new Fault(FaultCause.RateLimited, line) { RetryAfter = Wait(response), Advice = "Set --rpm or --tpm, or lower --max_parallel." },
            >= 500 => new Fault(FaultCause.ServerError, line) { RetryAfter = Wait(response) },
            _ => new Fault(FaultCause.Refused, line)
            {
                Advice = Advice(response.Status),
                Filtered = response.Status == 400 && FilterCodes.Contains(error.Code),
                Parameter = response.Status is 400 or 422 ? RefusedParameter.Find(error.Parameter, error.Message) : null,
            },
        };
    }

    private static string Advice(int status) => status switch
    {
        >= 300 and < 400 => "Redirects are not followed: give the final URL as the endpoint.",
        400 or 422 => "The server does not take this request: check the model and the sampling parameters.",
        401 => "Check the API key.",
        403 => "The key may not use this model or endpoint: check its permissions.",
        404 => "Check the model's name and the endpoint's path.",
        _ => "",
    };

    private TimeSpan? Wait(PipelineResponse response)
    {
        response.Headers.TryGetValue("retry-after-ms", out var milliseconds);
        response.Headers.TryGetValue("Retry-After", out var value);
        return RetryAfter.Read(milliseconds, value, time.GetUtcNow());
    }

    /// <summary>One line, bounded, and without the key even where the server repeats it.</summary>
    private string Scrub(string text)
    {
        if (endpoint.Options.ApiKey is { } key)
        {
            text = text.Replace(key, "[key]", StringComparison.Ordinal);
        }

        text = Blanks().Replace(text, " ").Trim();
        return text.Length <= MaxServerText ? text : text[..MaxServerText] + "…";
    }

    [GeneratedRegex(@"[\s\p{C}]+")]
    private static partial Regex Blanks();

    /// <summary>OpenAI's error body; what other servers send instead is left out.</summary>
    private readonly record struct ErrorBody(string? Message, string? Type, string? Code, string? Parameter)
    {
        public static ErrorBody Read(BinaryData body)
        {
            try
            {
                using var document = JsonDocument.Parse(body);
                return document.RootElement.ValueKind == JsonValueKind.Object
                    && document.RootElement.TryGetProperty("error", out var error)
                    && error.ValueKind == JsonValueKind.Object
                        ? new ErrorBody(Text(error, "message"), Text(error, "type"), Text(error, "code"), Text(error, "param"))
                        : default;
            }
            catch (JsonException)
            {
                return default;
            }
        }

        private static string? Text(JsonElement error, string name) =>
            error.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }
}
