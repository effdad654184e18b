using DialogueMesh.Simulator.Chat;
using DialogueMesh.Simulator.Embeddings;
using DialogueMesh.Simulator.Faults;
using DialogueMesh.Simulator.Http;
using DialogueMesh.Simulator.Limits;
using DialogueMesh.Simulator.Moderations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DialogueMesh.Simulator;

/// <summary>The routes of OpenAI's API that the simulator answers.</summary>
internal sealed class SimulatorApi
{
    private const string Chat = "/v1/chat/completions";
    private const string Moderations = "/v1/moderations";
    private const string Embeddings = "/v1/embeddings";

    private static readonly string[] Posts = [Chat, Moderations, Embeddings];

    private static readonly string[] Models =
        ["gpt-4o-mini", "gpt-4o", "gpt-4.1-mini", "gpt-4.1", "omni-moderation-latest", "text-embedding-3-small"];

    private readonly SimulatorOptions options;
    private readonly ChatReply reply;
    private readonly TimeProvider time;
    private readonly FaultPlan faults;
    private readonly ModelLimits limits;

    public SimulatorApi(SimulatorOptions options, ChatReply reply, TimeProvider time)
    {
        (this.options, this.reply, this.time) = (options, reply, time);
        faults = new FaultPlan(options);
        limits = new ModelLimits(options.Limits, Counts, time);
    }

    public SimulatorCounts Counts { get; } = new();

    public void Map(WebApplication app)
    {
        app.Use(RefuseAsync);
        app.MapGet("/health", (HttpContext context) => JsonBody.WriteAsync(context.Response, new { Status = "ok" }));
        app.MapGet("/v1/models", (HttpContext context) => JsonBody.WriteAsync(context.Response, new { Object = "list", Data = Models.Select(Describe) }));
        app.MapGet("/v1/models/{**id}", (HttpContext context, string id) => JsonBody.WriteAsync(
            context.Response, Models.Contains(id) ? Describe(id) : throw new ApiErrorException(ApiError.NoSuchModel(id))));
        app.MapPost(Chat, (RequestDelegate)ChatAsync);
        app.MapPost(Moderations, (RequestDelegate)ModerateAsync);
        app.MapPost(Embeddings, (RequestDelegate)EmbedAsync);
        app.MapFallback("{**path}", context => JsonBody.WriteErrorAsync(context.Response, NoSuchRoute(context.Request)));
    }

    /// <summary>Turns away calls with a wrong key, and answers what a handler refuses.</summary>
    private async Task RefuseAsync(HttpContext context, RequestDelegate next)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        if (options.ApiKey is { } key && context.Request.Path.StartsWithSegments("/v1") && authorization != $"Bearer {key}")
        {
            await JsonBody.WriteErrorAsync(context.Response, authorization.Length == 0 ? ApiError.NoKey : ApiError.WrongKey);
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
        catch (BadHttpRequestException bad)
        {
            await JsonBody.WriteErrorAsync(context.Response, ApiError.Invalid(bad.Message) with { Status = bad.StatusCode });
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; there is no one to answer.
        }
    }

    private static ApiError NoSuchRoute(HttpRequest request) => Posts.Contains(request.Path.Value)
        ? ApiError.WrongMethod(request.Method, request.Path)
        : ApiError.NoSuchRoute(request.Method, request.Path);

    private async Task ChatAsync(HttpContext context)
    {
        var call = await JsonBody.ReadAsync(context.Request, ChatCallReader.Read);
        var hash = call.Hash();
        var answer = new Lazy<ChatAnswer>(() => ChatAnswer.Of(call, hash, Reply(call, hash, vague: false)));
        Counts.Called();
        limits.Admit(context.Response, call.Model, () => answer.Value.Cost);
        var fault = await TreatAsync(context, hash, chat: true);
        await FaultResponder.RespondAsync(context.Response, fault, call.Streams ? Body.EventStream : Body.Json, Bytes, time.GetUtcNow());

        byte[] Bytes()
        {
            var said = answer.Value.Spoiled(fault, () => Reply(call, hash, vague: true));
            return call.Streams ? ChatStream.Bytes(said, time.GetUtcNow()) : said.Bytes(time.GetUtcNow());
        }
    }

    private async Task ModerateAsync(HttpContext context)
    {
        var call = await JsonBody.ReadAsync(context.Request, ModerationCall.Read);
        var hash = call.Hash();
        Counts.Called();
        var fault = await TreatAsync(context, hash, chat: false);
        await FaultResponder.RespondAsync(context.Response, fault, Body.Json, () => call.Answer(Lexicon.Embedded, hash), time.GetUtcNow());
    }

    private async Task EmbedAsync(HttpContext context)
    {
        var call = await JsonBody.ReadAsync(context.Request, EmbeddingCall.Read);
        Counts.Called();
        limits.Admit(context.Response, call.Model, () => new Cost(call.PromptTokens, 0));
        var fault = await TreatAsync(context, call.Hash(), chat: false);
        await FaultResponder.RespondAsync(context.Response, fault, Body.Json, call.Answer, time.GetUtcNow());
    }

    /// <summary>Lets pass the time that the answer takes; what comes then is for the caller to do.</summary>
    private async Task<Fault> TreatAsync(HttpContext context, string hash, bool chat)
    {
        var treatment = faults.Next(hash, chat);
        if (treatment.Delay > TimeSpan.Zero)
        {
            await Task.Delay(treatment.Delay, time, context.RequestAborted);
        }

        Counts.Failed(treatment.Fault);
        return treatment.Fault;
    }

    private string Reply(ChatCall call, string hash, bool vague)
    {
        try
        {
            return reply(new ChatPrompt(call.Model, call.System, call.User, call.SchemaName, call.Seed, call.Temperature, hash)
            {
                Question = call.Question,
                Schema = call.Schema,
                Json = call.Json,
                Vague = vague,
            });
        }
        catch (Exception e)
        {
            throw new ApiErrorException(ApiError.Invalid($"The simulator cannot answer this prompt: {e.Message}", "messages"));
        }
    }

    private object Describe(string id) => new
    {
        Id = id,
        Object = "model",
        Created = time.GetUtcNow().ToUnixTimeSeconds(),
        OwnedBy = "simulator",
    };
}
