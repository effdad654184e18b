using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using DialogueMesh.Contracts.Prompts;
using DialogueMesh.Contracts.Randomness;
using DialogueMesh.Simulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DialogueMesh.Tests.EndToEnd;

/// <summary>What a moderation call is answered with.</summary>
internal sealed record ModerationReply(int Status, string Body)
{
    public static ModerationReply Clean(int texts) => Of(texts, flagged: -1, []);

    /// <summary>OpenAI's form, with the text at place <paramref name="flagged"/> in these categories.</summary>
    public static ModerationReply Of(int texts, int flagged, string[] categories) => new(200, JsonSerializer.Serialize(new
    {
        id = "modr",
        model = "m",
        results = Enumerable.Range(0, texts).Select(i => new
        {
            flagged = i == flagged,
            categories = categories.ToDictionary(category => category, _ => i == flagged),
            category_scores = categories.ToDictionary(category => category, _ => i == flagged ? 0.9 : 0.1),
        }),
    }));
}

/// <summary>
/// An OpenAI-compatible server that a test scripts: it says what the simulator would unless the test says otherwise, and
/// remembers what it was asked for.
/// </summary>
internal sealed class ModelServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Func<ChatPrompt, string?> chat;
    private readonly Func<IReadOnlyList<string>, ModerationReply> moderate;
    private readonly Func<ChatPrompt, string?> check;
    private Func<string, bool> refuses = _ => false;
    private Func<HttpContext, int, Task<bool>> breaks = (_, _) => Task.FromResult(false);
    private int calls;

    private ModelServer(
        WebApplication app, Func<ChatPrompt, string?> chat, Func<IReadOnlyList<string>, ModerationReply> moderate, Func<ChatPrompt, string?> check) =>
        (this.app, this.chat, this.moderate, this.check) = (app, chat, moderate, check);

    public string Url => $"{app.Urls.Single()}/v1";

    /// <summary>The seeds of the chat calls, in order; one a candidate.</summary>
    public ConcurrentQueue<long> Seeds { get; } = new();

    /// <summary>The names of what each of those calls was sent.</summary>
    public ConcurrentQueue<IReadOnlyList<string>> Parameters { get; } = new();

    public ConcurrentQueue<string?> Keys { get; } = new();

    public int ModerationCalls;

    /// <param name="chat">Null where the simulator is to answer; throws <see cref="UnauthorizedAccessException"/> for a wrong key.</param>
    /// <param name="moderate">Null where every text is clean.</param>
    /// <param name="refuses">Whether a parameter of that name is answered by a 400.</param>
    /// <param name="check">As <paramref name="chat"/>, for the call before the run.</param>
    /// <param name="breaks">Told each call and its number, and may answer it otherwise; says whether it did.</param>
    public static async Task<ModelServer> StartAsync(
        Func<ChatPrompt, string?>? chat = null,
        Func<IReadOnlyList<string>, ModerationReply>? moderate = null,
        Func<ChatPrompt, string?>? check = null,
        Func<string, bool>? refuses = null,
        Func<HttpContext, int, Task<bool>>? breaks = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
        var server = new ModelServer(builder.Build(), chat ?? (_ => null), moderate ?? (texts => ModerationReply.Clean(texts.Count)), check ?? (_ => null)) { refuses = refuses ?? (_ => false) };
        server.breaks = breaks ?? server.breaks;
        server.app.Use(async (context, next) =>
        {
            if (!await server.breaks(context, Interlocked.Increment(ref server.calls)))
            {
                await next(context);
            }
        });
        server.app.MapPost("/v1/chat/completions", (RequestDelegate)server.ChatAsync);
        server.app.MapPost("/v1/moderations", (RequestDelegate)server.ModerateAsync);
        await server.app.StartAsync();
        return server;
    }

    /// <summary>The seed that the call for a candidate carries.</summary>
    public static long SeedOf(long runSeed, int ordinal, int attempt) =>
        (long)(new SeededRandom(runSeed, "model", ordinal, attempt).NextUInt64() >> 33);

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task ChatAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        var root = body.RootElement;
        string Message(int i) => root.GetProperty("messages")[i].GetProperty("content") is { ValueKind: JsonValueKind.String } text
            ? text.GetString()!
            : root.GetProperty("messages")[i].GetProperty("content")[0].GetProperty("text").GetString()!;
        var names = root.EnumerateObject().Select(each => each.Name).ToList();
        if (names.Find(name => refuses(name)) is { } refused)
        {
            await WriteAsync(context, 400, $$$"""{"error":{"message":"Unsupported parameter.","type":"invalid_request_error","param":"{{{refused}}}","code":"unsupported_parameter"}}""");
            return;
        }

        var seed = root.TryGetProperty("seed", out var given) ? given.GetInt64() : 0;
        var prompt = new ChatPrompt(
            root.GetProperty("model").GetString()!, Message(0), Message(1),
            root.GetProperty("response_format").GetProperty("json_schema").GetProperty("name").GetString(), seed, 1, $"{seed}");
        var isCheck = prompt.SchemaName == PromptNames.Check;
        if (!isCheck)
        {
            Seeds.Enqueue(seed);
            Parameters.Enqueue(names);
        }

        Keys.Enqueue(context.Request.Headers.Authorization);
        string content;
        try
        {
            content = (isCheck ? check(prompt) : chat(prompt)) ?? Cli.Say(prompt);
        }
        catch (UnauthorizedAccessException)
        {
            await WriteAsync(context, 401, """{"error":{"message":"Incorrect API key provided.","type":"invalid_request_error","code":"invalid_api_key"}}""");
            return;
        }

        await WriteAsync(context, 200, JsonSerializer.Serialize(new
        {
            id = "chat",
            @object = "chat.completion",
            created = 1,
            model = prompt.Model,
            choices = new[]
            {
                new { index = 0, finish_reason = "stop", message = new { role = "assistant", content } },
            },
            usage = new { prompt_tokens = 1000, completion_tokens = 500, total_tokens = 1500 },
        }));
    }

    private async Task ModerateAsync(HttpContext context)
    {
        Interlocked.Increment(ref ModerationCalls);
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        var reply = moderate([.. body.RootElement.GetProperty("input").EnumerateArray().Select(text => text.GetString()!)]);
        await WriteAsync(context, reply.Status, reply.Body);
    }

    private static async Task WriteAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body);
    }
}
