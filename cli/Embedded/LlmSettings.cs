using DialogueMesh.Cli.Credentials;
using DialogueMesh.Cli.Options;
using DialogueMesh.Contracts;
using DialogueMesh.Llm;
using DialogueMesh.Llm.Budgets;

namespace DialogueMesh.Cli.Embedded;

/// <summary>From the server that was chosen to the client's options.</summary>
internal static class LlmSettings
{
    /// <summary>The built-in simulator need not be spared.</summary>
    private static readonly TimeSpan SimulatorPause = TimeSpan.FromMilliseconds(50);

    /// <param name="settings">What the user allows.</param>
    /// <param name="endpoint">Who answers.</param>
    /// <param name="simulator">Where the built-in simulator listens, once it runs.</param>
    public static LlmOptions Of(GenerateSettings settings, ModelEndpoint endpoint, Uri? simulator) => new()
    {
        MaxParallel = settings.Parallel,
        PricesFile = Prices.File(settings),
        RateLimitPause = endpoint is ModelEndpoint.Simulator ? SimulatorPause : LlmOptions.DefaultRateLimitPause,
        Limits = new RateLimits
        {
            Requests = settings.Rpm,
            Tokens = settings.Tpm,
            InputTokens = settings.InputTpm,
            OutputTokens = settings.OutputTpm,
        },
        Endpoint = endpoint switch
        {
            ModelEndpoint.OpenAI => ModelEndpoint.OpenAIAddress,
            ModelEndpoint.Azure { Address: var address } => address,
            ModelEndpoint.Compatible { Address: var address } => address,
            _ => simulator!,
        },
        EndpointName = endpoint.Name,
        CacheScope = endpoint is ModelEndpoint.Simulator ? endpoint.Name : null!,
        IsAzure = endpoint is ModelEndpoint.Azure,
        AzureApiVersion = (endpoint as ModelEndpoint.Azure)?.ApiVersion,
        ApiKey = endpoint switch
        {
            ModelEndpoint.OpenAI { Key: var key } => key.Reveal(),
            ModelEndpoint.Azure { Key: var key } => key.Reveal(),
            ModelEndpoint.Compatible { Key: var key } => key?.Reveal(),
            _ => null,
        },
    };

    /// <exception cref="InputException">There is no moderation to ask, or no resource for the API version.</exception>
    public static void Check(ModelEndpoint endpoint, GenerateSettings settings)
    {
        if (settings is { ApiVersion: not null, Endpoint: null })
        {
            throw new InputException($"{Verbs.ApiVersion.Long} is Azure OpenAI's: give the resource too, as in {Verbs.Endpoint.Long} https://NAME.openai.azure.com");
        }

        if (endpoint is ModelEndpoint.Azure { Address: var address } && settings.Moderation == ModerationMode.Endpoint)
        {
            throw new InputException(
                $"{address.Host}: Azure OpenAI has no moderation endpoint; add {Verbs.Moderation.Long} off (its own content filter stays on)");
        }
    }
}
