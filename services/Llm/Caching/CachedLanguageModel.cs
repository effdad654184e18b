using System.Text.Json;
using DialogueMesh.Contracts.Messages;

namespace DialogueMesh.Llm.Caching;

/// <summary>Asks the model only what it has not answered before. Cut, refused, filtered and unreadable answers are not kept.</summary>
internal sealed class CachedLanguageModel(ILanguageModel model, IResponseCache cache, LlmOptions options, TimeProvider time) : ILanguageModel
{
    public async Task<ChatOutcome> CompleteAsync(ChatRequest request, CancellationToken ct)
    {
        var key = CacheKey.Of(options.CacheScope, request);
        if (!request.Again && await cache.FindAsync(key, ct) is { } stored)
        {
            return new ChatOutcome.Answered(stored.Text, UsageOf(stored));
        }

        var outcome = await model.CompleteAsync(request, ct);
        switch (outcome)
        {
            case ChatOutcome.Answered answered when IsJson(answered.Text):
                cache.Store(key, ToStore(request, answered));
                break;
            case ChatOutcome.Unavailable:
                // What a check before the run found out holds no longer.
                cache.Store(CacheKey.OfTrouble(options.CacheScope, request.Model), ToStore(request, new ChatOutcome.Answered("", default)));
                break;
        }

        return outcome;
    }

    private static Usage UsageOf(StoredAnswer stored) => new(stored.PromptTokens, stored.CompletionTokens, stored.Cost, 0)
    {
        CacheHits = 1,
        Saved = stored.Cost,
    };

    private StoredAnswer ToStore(ChatRequest request, ChatOutcome.Answered answered) => new()
    {
        At = time.GetUtcNow(),
        Endpoint = options.CacheScope,
        Model = request.Model,
        Text = answered.Text,
        PromptTokens = answered.Usage.PromptTokens,
        CompletionTokens = answered.Usage.CompletionTokens,
        Cost = answered.Usage.Cost,
        Headers = answered.Headers,
    };

    private static bool IsJson(string text)
    {
        try
        {
            using var answer = JsonDocument.Parse(text);
            return answer.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
