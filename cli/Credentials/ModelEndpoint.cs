namespace DialogueMesh.Cli.Credentials;

/// <summary>Which server answers.</summary>
internal abstract record ModelEndpoint
{
    public static readonly Uri OpenAIAddress = new("https://api.openai.com/v1");

    private ModelEndpoint()
    {
    }

    /// <summary>The built-in server: no key, no network.</summary>
    internal sealed record Simulator : ModelEndpoint;

    internal sealed record OpenAI(ApiKey Key) : ModelEndpoint;

    /// <summary>Any server that speaks OpenAI's API; many ask for no key.</summary>
    internal sealed record Compatible(Uri Address, ApiKey? Key) : ModelEndpoint;

    /// <summary>The simulator only where neither a key nor an endpoint is given.</summary>
    public static ModelEndpoint Choose(Uri? endpoint, ApiKey? key) => (endpoint, key) switch
    {
        ({ } address, _) => new Compatible(address, key),
        (null, { } given) => new OpenAI(given),
        _ => new Simulator(),
    };

    /// <summary>What is said at the start of a run.</summary>
    public string Describe(string model) => this switch
    {
        OpenAI => $"Using {model} at {OpenAIAddress.Host} with your key.",
        Compatible { Address: var address, Key: var key } =>
            $"Using {model} at {address.Authority} {(key is null ? "without a key" : "with your key")}.",
        _ => "Using the built-in simulator: no OPENAI_API_KEY and no --endpoint is given. Its dialogues are for trying things out.",
    };
}
