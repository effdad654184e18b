using System.Globalization;
using System.Net;
using System.Text.Json;
using DialogueMesh.Contracts.Randomness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DialogueMesh.Benchmarks.Llm;

/// <param name="Requests">In any 60 seconds; 0 is no limit.</param>
/// <param name="Tokens">As <paramref name="Requests"/>.</param>
/// <param name="MeanSeconds">Of the answers' latency, which is lognormal (sigma 0.5).</param>
/// <param name="Tells">Whether answers carry the limits in x-ratelimit-* headers.</param>
internal sealed record ServerLimits(int Requests, long Tokens, double MeanSeconds, bool Tells);

/// <summary>
/// A chat endpoint in a process of its own that keeps limits in any 60 seconds by its own count, and counts what it saw.
/// Its answers use 1,150 to 1,249 tokens each. GET /counts tells of each second since its first call.
/// </summary>
internal sealed class LimitedServer(ServerLimits limits)
{
    private const double Sigma = 0.5;
    private const int FewestTokens = 1150;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly TimeProvider time = TimeProvider.System;
    private readonly Lock access = new();
    private readonly SeededRandom random = new(42, "latency");
    private readonly Queue<(long At, int Tokens)> window = new();
    private readonly List<SecondCount> seconds = [];
    private long start;
    private long tokensInWindow;
    private int mostRequests;
    private long mostTokens;

    /// <summary>Serves on a free port, which it writes to standard output, until its input ends.</summary>
    public static async Task RunAsync(ServerLimits limits)
    {
        var server = new LimitedServer(limits);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        await using var app = builder.Build();
        app.MapPost("/v1/chat/completions", (RequestDelegate)server.AnswerAsync);
        app.MapGet("/counts", (RequestDelegate)(context => context.Response.WriteAsync(JsonSerializer.Serialize(server.Count()))));
        await app.StartAsync();
        await Console.Out.WriteLineAsync(app.Urls.Single());
        await Console.In.ReadToEndAsync();
    }

    private ServerCounts Count()
    {
        lock (access)
        {
            return new ServerCounts([.. seconds], mostRequests, mostTokens);
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        var (wait, tokens, delay) = Admit();
        if (limits.Tells)
        {
            context.Response.Headers["x-ratelimit-limit-requests"] = limits.Requests.ToString(CultureInfo.InvariantCulture);
            context.Response.Headers["x-ratelimit-limit-tokens"] = limits.Tokens.ToString(CultureInfo.InvariantCulture);
        }

        context.Response.ContentType = "application/json";
        if (wait > TimeSpan.Zero)
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            await context.Response.WriteAsync("""{"error":{"message":"Rate limit reached.","type":"requests","code":"rate_limit_exceeded"}}""");
            return;
        }

        if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, time, context.RequestAborted);
        }

        await context.Response.WriteAsync(Body(tokens));
    }

    private (TimeSpan Wait, int Tokens, TimeSpan Delay) Admit()
    {
        lock (access)
        {
            var now = time.GetTimestamp();
            start = start == 0 ? now : start;
            while (window.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At, now) >= Minute)
            {
                tokensInWindow -= window.Dequeue().Tokens;
            }

            var tokens = FewestTokens + random.Next(100);
            var isOver = (limits.Requests > 0 && window.Count >= limits.Requests) || (limits.Tokens > 0 && tokensInWindow + tokens > limits.Tokens);
            Tally(now, isOver, tokens);
            if (isOver)
            {
                return (Minute - time.GetElapsedTime(window.Peek().At, now), 0, default);
            }

            window.Enqueue((now, tokens));
            tokensInWindow += tokens;
            (mostRequests, mostTokens) = (Math.Max(mostRequests, window.Count), Math.Max(mostTokens, tokensInWindow));
            return (TimeSpan.Zero, tokens, Latency());
        }
    }

    private void Tally(long now, bool isOver, int tokens)
    {
        var second = (int)time.GetElapsedTime(start, now).TotalSeconds;
        while (seconds.Count <= second)
        {
            seconds.Add(new SecondCount(0, 0, 0));
        }

        var before = seconds[second];
        seconds[second] = isOver
            ? before with { TurnedAway = before.TurnedAway + 1 }
            : before with { Taken = before.Taken + 1, Tokens = before.Tokens + tokens };
    }

    private TimeSpan Latency()
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return TimeSpan.FromSeconds(limits.MeanSeconds * Math.Exp((Sigma * normal) - (Sigma * Sigma / 2)));
    }

    private static string Body(int tokens) => JsonSerializer.Serialize(new
    {
        id = "chatcmpl-1",
        @object = "chat.completion",
        created = 1,
        model = "gpt-4o-mini",
        choices = new[] { new { index = 0, finish_reason = "stop", message = new { role = "assistant", content = Text } } },
        usage = new { prompt_tokens = 700, completion_tokens = tokens - 700, total_tokens = tokens },
    });

    // As long as an answer's 450 tokens.
    private static string Text { get; } = JsonSerializer.Serialize(new { text = string.Join(' ', Enumerable.Repeat("word", 360)) });
}

/// <summary>Calls of one second.</summary>
internal sealed record SecondCount(int Taken, int TurnedAway, long Tokens);

/// <param name="Seconds">Since the first call.</param>
/// <param name="MostRequests">Taken in any 60 seconds.</param>
/// <param name="MostTokens">As <paramref name="MostRequests"/>.</param>
internal sealed record ServerCounts(IReadOnlyList<SecondCount> Seconds, int MostRequests, long MostTokens);
