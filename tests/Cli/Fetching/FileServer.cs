using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Net.Http.Headers;

namespace DialogueMesh.Tests.Cli.Fetching;

/// <summary>How a request is answered for a file of these bytes.</summary>
internal delegate Task Manner(HttpContext context, byte[] content);

/// <summary>Serves files with ETags and ranges, and badly where a test says so: each request takes the next manner, while there are some.</summary>
internal sealed class FileServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Manner> manners;

    private FileServer(WebApplication app, IEnumerable<Manner> manners) => (this.app, this.manners) = (app, new(manners));

    public Uri Address => new(app.Urls.Single() + "/");

    /// <summary>By path and query, without the first slash.</summary>
    public ConcurrentDictionary<string, byte[]> Files { get; } = new();

    /// <summary>The Range and If-Range of each request, "" where it has none.</summary>
    public ConcurrentQueue<(string Range, string IfRange)> Requests { get; } = new();

    public static async Task<FileServer> StartAsync(params Manner[] manners)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel((KestrelServerOptions kestrel) => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var server = new FileServer(app, manners);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    public static string ETagOf(byte[] content) => $"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}\"";

    public static async Task Serve(HttpContext context, byte[] content)
    {
        var (request, response) = (context.Request, context.Response);
        response.Headers.ETag = ETagOf(content);
        var ifRange = request.Headers.IfRange.ToString();
        var from = RangeHeaderValue.TryParse(request.Headers.Range.ToString(), out var range) && (ifRange.Length == 0 || ifRange == ETagOf(content))
            ? (int)range.Ranges.Single().From!.Value
            : 0;
        if (from > 0 && from >= content.Length)
        {
            response.StatusCode = 416;
            return;
        }

        response.StatusCode = from > 0 ? 206 : 200;
        response.Headers.ContentRange = from > 0 ? $"bytes {from}-{content.Length - 1}/{content.Length}" : default;
        response.ContentLength = content.Length - from;
        await response.Body.WriteAsync(content.AsMemory(from), context.RequestAborted);
    }

    /// <summary>As if there were no ranges.</summary>
    public static Task IgnoreRange(HttpContext context, byte[] content)
    {
        context.Request.Headers.Remove("Range");
        return Serve(context, content);
    }

    /// <summary>The connection breaks after so many bytes of the body.</summary>
    public static Manner Cut(int after) => async (context, content) =>
    {
        await ServeStart(context, content, after);

        // A reset would take back what the client has not read yet.
        await Task.Delay(30);
        context.Abort();
    };

    /// <summary>Nothing more comes after so many bytes of the body.</summary>
    public static Manner Stall(int after) => async (context, content) =>
    {
        await ServeStart(context, content, after);
        await Task.Delay(Timeout.Infinite, context.RequestAborted);
    };

    /// <summary>Another file than the one asked for.</summary>
    public static Manner Instead(byte[] other) => (context, _) => Serve(context, other);

    /// <summary>Without length and ETag.</summary>
    public static Task Chunked(HttpContext context, byte[] content) => context.Response.Body.WriteAsync(content).AsTask();

    public static Manner Status(int status, params (string Name, string Value)[] headers) => (context, _) =>
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[name] = value;
        }

        return Task.CompletedTask;
    };

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private static async Task ServeStart(HttpContext context, byte[] content, int after)
    {
        var whole = context.Response.Body;
        using var answer = new MemoryStream();
        context.Response.Body = answer;
        await Serve(context, content);
        await whole.WriteAsync(answer.ToArray().AsMemory(0, Math.Min(after, (int)answer.Length)));
        await whole.FlushAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = (context.Request.Path + context.Request.QueryString.ToString())[1..];
        Requests.Enqueue((context.Request.Headers.Range.ToString(), context.Request.Headers.IfRange.ToString()));
        var manner = manners.TryDequeue(out var next) ? next : Serve;
        if (Files.TryGetValue(path, out var content))
        {
            await manner(context, content);
        }
        else
        {
            context.Response.StatusCode = 404;
        }
    }
}
