using System.Text.Json;

namespace DialogueMesh.Llm.Caching;

/// <summary>Has each dialogue checked once.</summary>
internal sealed class CachedModerator(IModerator moderator, IResponseCache cache, LlmOptions options, TimeProvider time) : IModerator
{
    public async Task<ModerationOutcome> CheckAsync(IReadOnlyList<string> utterances, CancellationToken ct)
    {
        var key = CacheKey.OfModeration(options.CacheScope, options.ModerationModel, utterances);
        if (await cache.FindAsync(key, ct) is { } stored)
        {
            return JsonSerializer.Deserialize<string[]>(stored.Text) is { } categories
                ? new ModerationOutcome.Flagged(categories)
                : new ModerationOutcome.Clean();
        }

        var outcome = await moderator.CheckAsync(utterances, ct);
        if (outcome is not ModerationOutcome.Unavailable)
        {
            cache.Store(key, new StoredAnswer
            {
                At = time.GetUtcNow(),
                Endpoint = options.CacheScope,
                Model = options.ModerationModel,
                Text = JsonSerializer.Serialize((outcome as ModerationOutcome.Flagged)?.Categories),
            });
        }

        return outcome;
    }
}
