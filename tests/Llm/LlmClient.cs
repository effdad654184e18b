using System.Collections.Concurrent;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Llm;
using DialogueMesh.Llm.Budgets;
using DialogueMesh.Llm.Checking;
using DialogueMesh.Llm.Counting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DialogueMesh.Tests.Llm;

/// <summary>The registered client with everything it logs, at all levels.</summary>
internal sealed class LlmClient : IAsyncDisposable
{
    public const string Canary = "sk-canary-0123456789-tell-nobody";

    private readonly ServiceProvider services;

    public LlmClient(
        Uri endpoint,
        string? key = Canary,
        int maxTries = 8,
        TimeSpan? callTimeout = null,
        TimeSpan? baseDelay = null,
        string? endpointName = null,
        TimeProvider? time = null,
        RateLimits? limits = null)
        : this(
            new LlmOptions
            {
                Endpoint = endpoint,
                EndpointName = endpointName!,
                ApiKey = key,
                MaxTries = maxTries,
                CallTimeout = callTimeout ?? TimeSpan.FromSeconds(30),
                BaseDelay = baseDelay ?? TimeSpan.FromMilliseconds(1),
                Limits = limits ?? RateLimits.None,
                RateLimitPause = TimeSpan.FromMilliseconds(5),
            },
            time)
    {
    }

    public LlmClient(LlmOptions options, TimeProvider? time = null)
    {
        var collection = new ServiceCollection();
        collection.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log));
        if (time is not null)
        {
            collection.AddSingleton(time);
        }

        collection.AddLlm(options);
        services = collection.BuildServiceProvider();
    }

    public CapturedLog Log { get; } = new();

    public ILanguageModel Model => services.GetRequiredService<ILanguageModel>();

    public IModerator Moderator => services.GetRequiredService<IModerator>();

    public ModelCheck Check => services.GetRequiredService<ModelCheck>();

    public LlmCounters Counters => services.GetRequiredService<LlmCounters>();

    public static ChatRequest Request(long seed = 1, string user = "Say hello.", string model = "gpt-4o-mini") => new()
    {
        Model = model,
        System = "You write dialogues.",
        User = user,
        SchemaName = "greeting",
        Schema = """{"type":"object","properties":{"text":{"type":"string"}},"required":["text"],"additionalProperties":false}""",
        Sampling = new Sampling(0.7, 0.85, 0.2, 0.4),
        Seed = seed,
    };

    public ValueTask DisposeAsync() => services.DisposeAsync();
}

internal sealed class CapturedLog : ILoggerProvider
{
    public ConcurrentQueue<(LogLevel Level, string Text)> Lines { get; } = new();

    public string All => string.Join('\n', Lines.Select(line => line.Text));

    public ILogger CreateLogger(string categoryName) => new Writer(Lines);

    public void Dispose()
    {
    }

    private sealed class Writer(ConcurrentQueue<(LogLevel Level, string Text)> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue((logLevel, $"{formatter(state, exception)} {exception}"));
    }
}
