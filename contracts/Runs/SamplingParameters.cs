namespace DialogueMesh.Contracts.Runs;

/// <summary>What a model may refuse to be told about its sampling, named as OpenAI's API names it.</summary>
public static class SamplingParameters
{
    public const string Temperature = "temperature";
    public const string TopP = "top_p";
    public const string FrequencyPenalty = "frequency_penalty";
    public const string PresencePenalty = "presence_penalty";
    public const string Seed = "seed";

    public static IReadOnlyList<string> All { get; } = [Temperature, TopP, FrequencyPenalty, PresencePenalty, Seed];

    /// <summary>Those that a run does not send.</summary>
    public static IReadOnlyList<string> LeftOut(RunSpec spec) =>
    [
        .. new[]
        {
            (Temperature, spec.Temperature.Count == 0), (TopP, spec.TopP.Count == 0), (FrequencyPenalty, spec.FrequencyPenalty.Count == 0),
            (PresencePenalty, spec.PresencePenalty.Count == 0), (Seed, spec.OmitsSeed),
        }.Where(each => each.Item2).Select(each => each.Item1),
    ];

    /// <summary>The spec of a run that does not send <paramref name="names"/>: another run than one that does.</summary>
    public static RunSpec Without(RunSpec spec, IReadOnlyCollection<string> names) => spec with
    {
        Temperature = names.Contains(Temperature) ? [] : spec.Temperature,
        TopP = names.Contains(TopP) ? [] : spec.TopP,
        FrequencyPenalty = names.Contains(FrequencyPenalty) ? [] : spec.FrequencyPenalty,
        PresencePenalty = names.Contains(PresencePenalty) ? [] : spec.PresencePenalty,
        OmitsSeed = spec.OmitsSeed || names.Contains(Seed),
    };

    public static Sampling Without(Sampling sampling, string name) => name switch
    {
        Temperature => sampling with { Temperature = null },
        TopP => sampling with { TopP = null },
        FrequencyPenalty => sampling with { FrequencyPenalty = null },
        PresencePenalty => sampling with { PresencePenalty = null },
        Seed => sampling with { SendsSeed = false },
        _ => throw new ArgumentException($"No sampling parameter is called {name}.", nameof(name)),
    };
}
