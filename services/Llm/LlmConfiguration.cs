using DialogueMesh.Contracts;
using DialogueMesh.Llm.Budgets;
using Microsoft.Extensions.Configuration;

namespace DialogueMesh.Llm;

/// <summary>The client's options as a service of the mesh is configured: the section "Llm", and the key in OPENAI_API_KEY.</summary>
public static class LlmConfiguration
{
    private const string Section = "Llm";
    private const string KeyName = "OPENAI_API_KEY";
    private static readonly Uri OpenAI = new("https://api.openai.com/v1");

    /// <exception cref="InputException">A setting is missing or cannot be used.</exception>
    public static LlmOptions Read(IConfiguration configuration)
    {
        var settings = Bind(configuration);
        var key = configuration[KeyName] is { Length: > 0 } given ? given : null;
        var options = new LlmOptions
        {
            Endpoint = settings.Endpoint ?? (key is not null ? OpenAI : throw new InputException(
                $"no model: set {KeyName}, or {Section}__Endpoint to a server that speaks OpenAI's API")),
            EndpointName = settings.EndpointName!,
            ApiKey = key,
            MaxParallel = settings.MaxParallel,
            Limits = new RateLimits
            {
                Requests = settings.Rpm,
                Tokens = settings.Tpm,
                InputTokens = settings.InputTpm,
                OutputTokens = settings.OutputTpm,
            },
        };
        try
        {
            options.Validate();
            return options;
        }
        catch (ArgumentException fault)
        {
            throw new InputException($"{Section}: {fault.Message}", fault);
        }
    }

    private static Settings Bind(IConfiguration configuration)
    {
        try
        {
            return configuration.GetSection(Section).Get<Settings>() ?? new Settings();
        }
        catch (InvalidOperationException fault)
        {
            throw new InputException($"{Section}: {fault.Message.ReplaceLineEndings(" ")}", fault);
        }
    }

    private sealed record Settings
    {
        public Uri? Endpoint { get; init; }

        /// <summary>Null is its host.</summary>
        public string? EndpointName { get; init; }

        public int MaxParallel { get; init; } = LlmOptions.DefaultMaxParallel;

        public long? Rpm { get; init; }

        public long? Tpm { get; init; }

        public long? InputTpm { get; init; }

        public long? OutputTpm { get; init; }
    }
}
