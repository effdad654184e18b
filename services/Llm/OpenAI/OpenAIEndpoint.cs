using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Moderations;

namespace DialogueMesh.Llm.OpenAI;

/// <summary>The SDK's clients over one HTTP connection pool.</summary>
internal sealed class OpenAIEndpoint : IDisposable
{
    // The SDK wants a credential; servers that ask for none ignore it.
    private const string NoKey = "none";

    private readonly HttpClient http;
    private readonly AuthenticationPolicy authentication;

    public OpenAIEndpoint(LlmOptions options)
    {
        Options = options;
        http = new HttpClient(new AnswerGuard(CreateHandler(options.Endpoint))) { Timeout = Timeout.InfiniteTimeSpan };
        var credential = new ApiKeyCredential(options.ApiKey ?? NoKey);
        authentication = options.IsAzure
            ? ApiKeyAuthenticationPolicy.CreateHeaderApiKeyPolicy(credential, AzureDeployment.KeyHeader)
            : ApiKeyAuthenticationPolicy.CreateBearerAuthorizationPolicy(credential);
    }

    public LlmOptions Options { get; }

    /// <summary>Whether anything but silence ever came back. A name or port that never worked is a typing error, not an outage.</summary>
    public bool Reached { get; set; }

    public ChatClient Chat(string model) => new(model, authentication, ClientOptions(model));

    public ModerationClient Moderation(string model) => new(model, authentication, ClientOptions(model));

    public void Dispose() => http.Dispose();

    private OpenAIClientOptions ClientOptions(string model)
    {
        var client = new OpenAIClientOptions
        {
            Endpoint = Options.AzureApiVersion is null ? Options.Endpoint : AzureDeployment.Address(Options.Endpoint, model),
            UserAgentApplicationId = "DialogueMesh",
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            Transport = new HttpClientPipelineTransport(http),
        };
        if (Options.AzureApiVersion is { } version)
        {
            client.AddPolicy(new AzureDeployment.VersionPolicy(version), PipelinePosition.PerCall);
        }

        return client;
    }

    private static SocketsHttpHandler CreateHandler(Uri endpoint) => new()
    {
        // The key must go nowhere but to the host the user named.
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = !endpoint.IsLoopback,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };
}
