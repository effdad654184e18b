using DialogueMesh.Llm.Budgets;
using DialogueMesh.Llm.Caching;
using DialogueMesh.Llm.Checking;
using DialogueMesh.Llm.Counting;
using DialogueMesh.Llm.OpenAI;
using DialogueMesh.Llm.Pricing;
using DialogueMesh.Llm.Throttling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DialogueMesh.Llm;

public static class LlmRegistration
{
    /// <summary>
    /// Adds <see cref="ILanguageModel"/>, <see cref="IModerator"/>, <see cref="ModelCheck"/>, <see cref="LlmCounters"/> and <see cref="PriceTable"/>.
    /// An <see cref="IRateBudget"/> that is registered already is kept: replicas that use one key share one.
    /// Where there is an <see cref="IResponseCache"/>, answers are kept in it and taken from it.
    /// Throws <see cref="ArgumentException"/> on bad options, <see cref="IOException"/> or
    /// <see cref="InvalidDataException"/> on a bad price table.
    /// </summary>
    public static IServiceCollection AddLlm(this IServiceCollection services, LlmOptions options)
    {
        options.Validate();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(PriceTable.Load(options.PricesFile));
        services.AddSingleton<LlmCounters>();
        services.TryAddSingleton<IRateBudget>(provider => new LocalRateBudget(
            model => model == options.ModerationModel ? RateLimits.None : options.Limits, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Throttles>();
        services.AddSingleton<OpenAIEndpoint>();
        services.AddSingleton<OpenAILanguageModel>();
        services.AddSingleton<OpenAIModerator>();
        services.AddSingleton<ILanguageModel>(provider => provider.GetService<IResponseCache>() is { } cache
            ? new CachedLanguageModel(provider.GetRequiredService<OpenAILanguageModel>(), cache, options, provider.GetRequiredService<TimeProvider>())
            : provider.GetRequiredService<OpenAILanguageModel>());
        services.AddSingleton<IModerator>(provider => provider.GetService<IResponseCache>() is { } cache
            ? new CachedModerator(provider.GetRequiredService<OpenAIModerator>(), cache, options, provider.GetRequiredService<TimeProvider>())
            : provider.GetRequiredService<OpenAIModerator>());
        services.AddSingleton(provider => new ModelCheck(
            provider.GetRequiredService<OpenAILanguageModel>(), options, provider.GetRequiredService<TimeProvider>(), provider.GetService<IResponseCache>()));
        return services;
    }
}
