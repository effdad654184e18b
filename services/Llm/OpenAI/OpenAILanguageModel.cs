using System.ClientModel;
using System.Collections.Concurrent;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Llm.Budgets;
using DialogueMesh.Llm.Counting;
using DialogueMesh.Llm.Pricing;
using DialogueMesh.Llm.Throttling;
using Microsoft.Extensions.Logging;
using OpenAI.Chat;

namespace DialogueMesh.Llm.OpenAI;

/// <summary>Chat completions with structured output, through the OpenAI SDK.</summary>
internal sealed partial class OpenAILanguageModel(
    OpenAIEndpoint endpoint,
    PriceTable prices,
    Throttles throttles,
    LlmCounters counters,
    TimeProvider time,
    ILogger<OpenAILanguageModel> logger)
    : ILanguageModel
{
    private readonly EndpointCaller<ChatReading> caller = new(endpoint, throttles, counters, time, logger);
    private readonly ConcurrentDictionary<string, Lazy<Model>> models = new();

    public async Task<ChatOutcome> CompleteAsync(ChatRequest request, CancellationToken ct)
    {
        var model = models.GetOrAdd(request.Model, name => new Lazy<Model>(() => Open(name))).Value;
        ChatMessage[] messages = [new SystemChatMessage(request.System), new UserChatMessage(request.User)];
        var options = ToOptions(request);
        var result = await caller.CallAsync(
            request.Model,
            request.Seed,
            request.System.Length + request.User.Length + request.Schema.Length,
            async token => Read(await model.Client.CompleteChatAsync(messages, options, token)),
            ct);
        return result switch
        {
            { Answer: { } reading } => reading.ToOutcome(model.Price),
            { Fault: { Filtered: true } fault } =>
                new ChatOutcome.Declined(RejectionReason.ContentFiltered, fault.Line, new Usage(0, 0, 0, 1)),
            { Fault: var fault } => new ChatOutcome.Unavailable(caller.Describe(fault!)) { Parameter = fault!.Parameter },
        };
    }

    private Reply<ChatReading> Read(ClientResult<ChatCompletion> result)
    {
        var reading = ChatReading.Of(result, endpoint.Options.ApiKey);
        var used = new TokenCount(reading.PromptTokens, reading.CompletionTokens);
        counters.Used(used.Total);
        return new Reply<ChatReading>(reading, used.Total > 0 ? used : null, result.GetRawResponse());
    }

    private static ChatCompletionOptions ToOptions(ChatRequest request) => new()
    {
        Temperature = (float?)request.Sampling.Temperature,
        TopP = (float?)request.Sampling.TopP,
        FrequencyPenalty = (float?)request.Sampling.FrequencyPenalty,
        PresencePenalty = (float?)request.Sampling.PresencePenalty,
        Seed = request.Sampling.SendsSeed ? request.Seed : null,
        ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat(
            request.SchemaName, BinaryData.FromString(request.Schema), jsonSchemaIsStrict: true),
    };

    private Model Open(string name)
    {
        var price = prices.Find(endpoint.Options.EndpointName, name);
        if (price is null)
        {
            NoPrice(name, endpoint.Options.PricesFile);
        }

        return new Model(endpoint.Chat(name), price ?? new ModelPrice(0, 0));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No price for {Model} in {File}: its cost counts as 0")]
    private partial void NoPrice(string model, string file);

    private sealed record Model(ChatClient Client, ModelPrice Price);
}
