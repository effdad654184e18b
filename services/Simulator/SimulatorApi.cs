using System.Collections.Concurrent;
using DialogueMesh.Simulator.Chat;
using DialogueMesh.Simulator.Faults;
using DialogueMesh.Simulator.Http;
using DialogueMesh.Simulator.Limits;
using DialogueMesh.Simulator.Moderations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DialogueMesh.Simulator;

/// <summary>The routes of OpenAI's API that the simulator answers.</summary>
internal sealed class SimulatorApi(SimulatorOptions options, ChatReply reply, TimeProvider time)
{
    private static readonly string[] Models = ["gpt-4o-mini", "gpt-4o", "gpt-4.1-mini", "gpt-4.1", "omni-moderation-latest"];

    private readonly FaultPlan faults = new(options);
    private readonly ConcurrentDictionary<string, RateLimiter> limiters = new();

    public SimulatorCounts Counts { get; } = new();

    public void Map(WebApplication app)
    {
        app.Use(RefuseAsync);
        app.MapGet("/health", (HttpContext context) => JsonBody.WriteAsync(context.Response, 200, JsonBody.Bytes(new { Status = "ok" })));
        app.MapGet("/v1/models", (HttpContext context) => JsonBody.WriteAsync(context.Response, 200, ModelList()));
        app.MapPost("/v1/chat/completions", (RequestDelegate)ChatAsync);
        app.MapPost("/v1/moderations", (RequestDelegate)ModerateAsync);
        app.MapFallback(context => JsonBody.WriteErrorAsync(
            context.Response, ApiError.NoSuchRoute(context.Request.Method, context.Request.Path)));
    }

    /// <summary>Turns away calls with a wrong key, and answers what a handler refuses.</summary>
    private async Task RefuseAsync(HttpContext context, RequestDelegate next)
    {
        if (options.ApiKey is { } key && context.Request.Path.StartsWithSegments("/v1")
            && context.Request.Headers.Authorization != $"Bearer {key}")
        {
            await JsonBody.WriteErrorAsync(context.Response, ApiError.WrongKey);
            return;
        }

        try
        {
            await next(context);
        }
        catch (ApiErrorException refusal)
        {
            await JsonBody.WriteErrorAsync(context.Response, refusal.Error);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; there is no one to answer.
        }
    }

    private async Task ChatAsync(HttpContext context)
    {
        var call = ChatCallReader.Read(await JsonBody.ReadAsync(context.Request));
        var hash = call.Hash();
        var answer = new Lazy<ChatAnswer>(() => ChatAnswer.Of(call, hash, Reply(call, hash)));
        Counts.Called();
        Admit(context.Response, call.Model, () => answer.Value.Cost);
        await RespondAsync(context, hash, () => answer.Value.Bytes(time.GetUtcNow()));
    }

    private async Task ModerateAsync(HttpContext context)
    {
        var call = ModerationCall.Read(await JsonBody.ReadAsync(context.Request));
        var hash = call.Hash();
        Counts.Called();
        await RespondAsync(context, hash, () => call.Answer(Lexicon.Embedded, hash));
    }

    /// <summary>Counts the call against its model's limits; throws <see cref="ApiErrorException"/> where it is over one.</summary>
    private void Admit(HttpResponse response, string model, Func<Cost> cost)
    {
        if (!options.Limits.Any)
        {
            return;
        }

        var limiter = limiters.GetOrAdd(model, _ => new RateLimiter(options.Limits, time));
        var admission = limiter.Admit(options.Limits.CountsTokens ? cost() : default);
        if (options.Limits.Headers)
        {
            LimitHeaders.Write(response.Headers, admission.States);
        }

        if (admission.Excess is { } excess)
        {
            Counts.TurnedAway();
            if (excess.Wait is { } wait)
            {
                LimitHeaders.WriteWait(response.Headers, wait, options.Limits.RetryAfter, time.GetUtcNow());
            }

            throw new ApiErrorException(LimitHeaders.Error(excess, model));
        }
    }

    private async Task RespondAsync(HttpContext context, string hash, Func<byte[]> answer)
    {
        var treatment = faults.Next(hash);
        if (treatment.Delay > TimeSpan.Zero)
        {
            await Task.Delay(treatment.Delay, time, context.RequestAborted);
        }

        if (treatment.Fault != Fault.None)
        {
            Counts.Failed();
        }

        await FaultResponder.RespondAsync(context.Response, treatment.Fault, answer);
    }

    private string Reply(ChatCall call, string hash)
    {
        try
        {
            return reply(new ChatPrompt(call.Model, call.System, call.User, call.SchemaName, call.Seed, call.Temperature, hash));
        }
        catch (Exception e)
        {
            throw new ApiErrorException(ApiError.Invalid($"The simulator cannot answer this prompt: {e.Message}", "messages"));
        }
    }

    private byte[] ModelList() => JsonBody.Bytes(new
    {
        Object = "list",
        Data = Models.Select(id => new
        {
            Id = id,
            Object = "model",
            Created = time.GetUtcNow().ToUnixTimeSeconds(),
            OwnedBy = "simulator",
        }),
    });
}
