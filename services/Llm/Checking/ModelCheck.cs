using System.Text.Json;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Contracts.Prompts;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Llm.Caching;

namespace DialogueMesh.Llm.Checking;

/// <summary>What a run may expect of its model.</summary>
public abstract record CheckOutcome
{
    private CheckOutcome()
    {
    }

    /// <summary>It answers by a schema; <see cref="LeftOut"/> it does not take, named as in <see cref="SamplingParameters"/>.</summary>
    public sealed record Ready(IReadOnlyList<string> LeftOut, Usage Usage) : CheckOutcome;

    /// <summary>It cannot be used. One line for the user.</summary>
    public sealed record Unusable(string Message) : CheckOutcome;
}

/// <summary>One short call before a run: do key, model and structured output work, and which sampling parameters does the model take?</summary>
public sealed class ModelCheck
{
    private const int Shown = 60;

    /// <summary>How long an answer holds: a run that finds all its answers in the cache is to need no server, and models change.</summary>
    private static readonly TimeSpan Validity = TimeSpan.FromDays(1);

    private readonly ILanguageModel model;
    private readonly LlmOptions options;
    private readonly TimeProvider time;
    private readonly IResponseCache? cache;

    internal ModelCheck(ILanguageModel model, LlmOptions options, TimeProvider time, IResponseCache? cache) =>
        (this.model, this.options, this.time, this.cache) = (model, options, time, cache);

    /// <param name="name">The model's name.</param>
    /// <param name="sampling">What the run sends; what the model refuses of it is left out, and the call is made again.</param>
    /// <param name="anew">Whether what was found out before will not do.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<CheckOutcome> RunAsync(string name, Sampling sampling, bool anew, CancellationToken ct)
    {
        var key = CacheKey.OfCheck(options.CacheScope, Request(name, sampling));
        if (!anew && await RememberedAsync(key, name, ct) is { } stored)
        {
            return new CheckOutcome.Ready(JsonSerializer.Deserialize<string[]>(stored.Text)!, new Usage(0, 0, 0, 0) { CacheHits = 1 });
        }

        var outcome = await AskAsync(name, sampling, ct);
        if (outcome is CheckOutcome.Ready ready)
        {
            cache?.Store(key, new StoredAnswer
            {
                At = time.GetUtcNow(),
                Endpoint = options.CacheScope,
                Model = name,
                Text = JsonSerializer.Serialize(ready.LeftOut),
                PromptTokens = ready.Usage.PromptTokens,
                CompletionTokens = ready.Usage.CompletionTokens,
                Cost = ready.Usage.Cost,
            });
        }

        return outcome;
    }

    private async Task<StoredAnswer?> RememberedAsync(string key, string name, CancellationToken ct)
    {
        if (cache is null || await cache.FindAsync(key, ct) is not { } stored || time.GetUtcNow() - stored.At >= Validity)
        {
            return null;
        }

        var trouble = await cache.FindAsync(CacheKey.OfTrouble(options.CacheScope, name), ct);
        return trouble is null || trouble.At < stored.At ? stored : null;
    }

    private async Task<CheckOutcome> AskAsync(string name, Sampling sampling, CancellationToken ct)
    {
        var leftOut = new List<string>();
        while (true)
        {
            switch (await model.CompleteAsync(Request(name, sampling), ct))
            {
                case ChatOutcome.Answered answered when !IsOfSchema(answered.Text):
                    return new CheckOutcome.Unusable(
                        $"{options.Endpoint.Authority}: {name} does not keep to the JSON schema it is given (it says '{Start(answered.Text)}'): choose a model and server with structured outputs");
                case ChatOutcome.Answered answered:
                    return new CheckOutcome.Ready(leftOut, answered.Usage);
                case ChatOutcome.Declined declined:
                    // It answers, and takes what it was sent. Why it stops short, the dialogues will tell.
                    return new CheckOutcome.Ready(leftOut, declined.Usage);
                case ChatOutcome.Unavailable { Parameter: { } parameter } when Sent(sampling).Contains(parameter):
                    leftOut.Add(parameter);
                    sampling = SamplingParameters.Without(sampling, parameter);
                    break;
                case ChatOutcome.Unavailable unavailable:
                    return new CheckOutcome.Unusable(unavailable.Message);
                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        }
    }

    /// <summary>Of each parameter's values the one farthest from the server's default: what a model does not take, it refuses then.</summary>
    public static Sampling Farthest(RunSpec spec) => new(
        Farthest(spec.Temperature, 1), Farthest(spec.TopP, 1), Farthest(spec.FrequencyPenalty, 0), Farthest(spec.PresencePenalty, 0))
    {
        SendsSeed = !spec.OmitsSeed,
    };

    private static double? Farthest(IReadOnlyList<double> values, double standard) =>
        values.Count == 0 ? null : values.MaxBy(value => Math.Abs(value - standard));

    private static IEnumerable<string> Sent(Sampling sampling) =>
        SamplingParameters.All.Where(name => SamplingParameters.Without(sampling, name) != sampling);

    private static ChatRequest Request(string name, Sampling sampling) => new()
    {
        Model = name,
        System = "You answer with a JSON object.",
        User = "Answer {\"ok\":true}.",
        SchemaName = PromptNames.Check,
        Schema = """{"type":"object","additionalProperties":false,"required":["ok"],"properties":{"ok":{"type":"boolean"}}}""",
        Sampling = sampling,
        Seed = 1,
    };

    private static bool IsOfSchema(string text)
    {
        try
        {
            using var answer = JsonDocument.Parse(text);
            return answer.RootElement.ValueKind == JsonValueKind.Object
                && answer.RootElement.TryGetProperty("ok", out var ok)
                && ok.ValueKind is JsonValueKind.True or JsonValueKind.False;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Start(string text)
    {
        var line = string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= Shown ? line : line[..Shown] + "…";
    }
}
