using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace DialogueMesh.Tests.Llm;

/// <summary>A server that answers each call as the test says; the last answer goes on for all further calls.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private int calls;

    private ScriptedServer(WebApplication app) => this.app = app;

    public Uri BaseAddress => new($"{app.Urls.Single()}/v1");

    public int Calls => Volatile.Read(ref calls);

    public ConcurrentQueue<string> Bodies { get; } = new();

    public ConcurrentQueue<string> Authorizations { get; } = new();

    public static async Task<ScriptedServer> StartAsync(params RequestDelegate[] answers)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel((KestrelServerOptions kestrel) => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var server = new ScriptedServer(app);
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
            server.Bodies.Enqueue(await reader.ReadToEndAsync(context.RequestAborted));
            server.Authorizations.Enqueue(context.Request.Headers.Authorization.ToString());
            var call = Interlocked.Increment(ref server.calls);
            await answers[Math.Min(call, answers.Length) - 1](context);
        });
        await app.StartAsync();
        return server;
    }

    public static RequestDelegate Json(int status, string body, params (string Name, string Value)[] headers) => context =>
    {
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[name] = value;
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body);
    };

    public static RequestDelegate Error(int status, string message, string? code = null, params (string Name, string Value)[] headers) =>
        Json(status, JsonSerializer.Serialize(new { error = new { message, type = "test", param = (string?)null, code } }), headers);

    public static RequestDelegate Completion(
        string? content, string finish = "stop", string? refusal = null, params (string Name, string Value)[] headers) =>
        Json(200, CompletionBody(content, finish, refusal), headers);

    public static string CompletionBody(string? content, string finish = "stop", string? refusal = null) =>
        JsonSerializer.Serialize(new
        {
            id = "chatcmpl-1",
            @object = "chat.completion",
            created = 1,
            model = "gpt-4o-mini",
            choices = new[] { new { index = 0, finish_reason = finish, message = new { role = "assistant", content, refusal } } },
            usage = new { prompt_tokens = 1000, completion_tokens = 500, total_tokens = 1500 },
        });

    public static RequestDelegate Never { get; } = context => Task.Delay(Timeout.Infinite, context.RequestAborted);

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }
}
