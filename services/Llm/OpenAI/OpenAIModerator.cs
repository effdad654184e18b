using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using DialogueMesh.Llm.Budgets;
using DialogueMesh.Llm.Counting;
using DialogueMesh.Llm.Throttling;
using Microsoft.Extensions.Logging;
using OpenAI.Moderations;

namespace DialogueMesh.Llm.OpenAI;

/// <summary>The moderation endpoint, through the OpenAI SDK.</summary>
internal sealed class OpenAIModerator(
    OpenAIEndpoint endpoint, Throttles throttles, LlmCounters counters, TimeProvider time, ILogger<OpenAIModerator> logger) : IModerator
{
    // The endpoint does not say what it counts; English has about so many characters a token.
    private const int CharactersPerToken = 4;

    private readonly EndpointCaller<ModerationReading> caller = new(endpoint, throttles, counters, time, logger);
    private readonly ModerationClient client = endpoint.Moderation(endpoint.Options.ModerationModel);

    public async Task<ModerationOutcome> CheckAsync(IReadOnlyList<string> utterances, CancellationToken ct)
    {
        if (utterances.Count == 0)
        {
            return new ModerationOutcome.Clean();
        }

        var body = BinaryData.FromObjectAsJson(new { model = endpoint.Options.ModerationModel, input = utterances });
        var characters = utterances.Sum(utterance => utterance.Length);
        var result = await caller.CallAsync(
            endpoint.Options.ModerationModel,
            utterances[0],
            characters,
            async token =>
            {
                using var content = BinaryContent.Create(body);
                var raw = (await client.ClassifyTextAsync(content, new RequestOptions { CancellationToken = token })).GetRawResponse();
                return new Reply<ModerationReading>(
                    ModerationReading.Of(raw.Content), new TokenCount(characters / CharactersPerToken, 0), raw);
            },
            ct);
        return result switch
        {
            { Answer: { } reading } => reading.ToOutcome(utterances.Count, endpoint.Options.Endpoint.Authority),
            { Fault: var fault } => new ModerationOutcome.Unavailable(caller.Describe(fault!)),
        };
    }
}

/// <summary>
/// The endpoint's results, read from the body: the SDK's own model wants exactly OpenAI's categories, which other servers
/// do not have.
/// </summary>
internal sealed record ModerationReading(int Results, IReadOnlyList<string>? Flagged)
{
    /// <summary>Throws where a result lacks its verdict.</summary>
    public static ModerationReading Of(BinaryData body)
    {
        using var document = JsonDocument.Parse(body);
        var results = document.RootElement.GetProperty("results");
        var flagged = results.EnumerateArray().Where(result => result.GetProperty("flagged").GetBoolean()).ToList();
        var categories = flagged
            .SelectMany(result => result.GetProperty("categories").EnumerateObject())
            .Where(category => category.Value.ValueKind == JsonValueKind.True)
            .Select(category => category.Name)
            .Distinct()
            .Order(StringComparer.Ordinal);
        return new ModerationReading(results.GetArrayLength(), flagged.Count > 0 ? [.. categories] : null);
    }

    public ModerationOutcome ToOutcome(int asked, string host)
    {
        if (Results != asked)
        {
            return new ModerationOutcome.Unavailable(
                $"{host}: the moderation endpoint answered {Results} results for {asked} texts. Use one that checks each, or switch moderation off.");
        }

        return Flagged is null ? new ModerationOutcome.Clean() : new ModerationOutcome.Flagged(Flagged);
    }
}
