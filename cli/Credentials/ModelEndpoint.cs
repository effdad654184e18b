using DialogueMesh.Contracts;
using DialogueMesh.Runs.Requests;

namespace DialogueMesh.Cli.Credentials;

/// <summary>Which server answers.</summary>
internal abstract record ModelEndpoint
{
    public static readonly Uri OpenAIAddress = new("https://api.openai.com/v1");

    private const string AzurePath = "/openai/v1";
    private static readonly string[] AzureHosts = [".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com"];

    private ModelEndpoint()
    {
    }

    /// <summary>The built-in server: no key, no network.</summary>
    internal sealed record Simulator : ModelEndpoint;

    internal sealed record OpenAI(ApiKey Key) : ModelEndpoint;

    /// <summary>An Azure OpenAI resource, asked by an API version, or by the API that is OpenAI's own.</summary>
    internal sealed record Azure(Uri Address, ApiKey Key, string? ApiVersion) : ModelEndpoint;

    /// <summary>Any server that speaks OpenAI's API; many ask for no key.</summary>
    internal sealed record Compatible(Uri Address, ApiKey? Key) : ModelEndpoint;

    public static bool IsAzure(Uri? endpoint, string? apiVersion) => endpoint is not null
        && (apiVersion is not null || AzureHosts.Any(host => endpoint.Host.EndsWith(host, StringComparison.OrdinalIgnoreCase)));

    /// <summary>The simulator only where neither a key nor an endpoint is given.</summary>
    /// <exception cref="InputException">Azure without a key.</exception>
    public static ModelEndpoint Choose(Uri? endpoint, ApiKey? key, string? apiVersion = null) => (endpoint, key) switch
    {
        ({ } address, null) when IsAzure(address, apiVersion) => throw new InputException(
            $"no key for {address.Host}: set {KeySource.AzureName}, in the environment or in {KeySource.File}"),
        ({ } address, { } given) when IsAzure(address, apiVersion) => new Azure(AzureAddress(address, apiVersion), given, apiVersion),
        ({ } address, _) => new Compatible(address, key),
        (null, { } given) => new OpenAI(given),
        _ => new Simulator(),
    };

    /// <summary>How hashes, provenance and the price table call it.</summary>
    public string Name => this switch
    {
        OpenAI => OpenAIAddress.Host,
        Azure { Address: var address } => address.Host,
        Compatible { Address: var address } => address.Host,
        _ => RunSpecs.Simulator,
    };

    /// <summary>What is said at the start of a run.</summary>
    public string Describe(string model) => this switch
    {
        OpenAI => $"Using {model} at {OpenAIAddress.Host} with your key.",
        Azure { Address: var address } => $"Using the deployment {model} at {address.Authority} with your key.",
        Compatible { Address: var address, Key: var key } =>
            $"Using {model} at {address.Authority} {(key is null ? "without a key" : "with your key")}.",
        _ => "Using the built-in simulator: no OPENAI_API_KEY and no --endpoint is given. Its dialogues are for trying things out.",
    };

    private static Uri AzureAddress(Uri endpoint, string? apiVersion)
    {
        var path = endpoint.AbsoluteUri.TrimEnd('/');
        return apiVersion is not null || path.EndsWith(AzurePath, StringComparison.Ordinal) ? endpoint : new Uri(path + AzurePath);
    }
}
