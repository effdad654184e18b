using System.Text.Json.Serialization;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Dataset.Gate;
using DialogueMesh.Dataset.History;

namespace DialogueMesh.Dataset.Reports;

/// <summary>How a run ended, and what was foretold of it.</summary>
internal sealed record RunClosing(RunFinished Finished, RunForecast? Forecast, DateTimeOffset Time);

/// <summary>manifest.json: what the run was, what it made, and what it took.</summary>
internal sealed record Manifest
{
    public required string RunId { get; init; }
    public required RunOutcome Outcome { get; init; }
    public required string Detail { get; init; }
    public required long Seed { get; init; }
    public required IReadOnlyList<int> Totals { get; init; }
    public required int Accepted { get; init; }
    public required long Candidates { get; init; }
    public required IReadOnlyDictionary<Stage, SortedDictionary<RejectionReason, int>> Rejections { get; init; }
    public required long PromptTokens { get; init; }
    public required long CompletionTokens { get; init; }

    /// <summary>US dollars, as first paid.</summary>
    public required decimal Cost { get; init; }

    /// <summary>US dollars that this run paid; the rest its answers had cost when they were first asked for.</summary>
    public required decimal Paid { get; init; }

    public required int Calls { get; init; }

    /// <summary>Answers from the cache, which are no calls.</summary>
    public required int CacheHits { get; init; }

    /// <summary>What was foretold before the first call beside what it came to; absent where nothing was.</summary>
    public ForecastCheck? Forecast { get; init; }

    public required DateTimeOffset Started { get; init; }
    public required DateTimeOffset Finished { get; init; }

    /// <summary>The sum over the sessions.</summary>
    public required double WallSeconds { get; init; }

    /// <summary>From a candidate's first call to its last answer.</summary>
    public required Percentiles LatencyMilliseconds { get; init; }

    /// <summary>Sampling parameters that the model does not take and that were not sent; absent where there are none.</summary>
    public IReadOnlyList<string>? ParametersLeftOut { get; init; }

    public required SourceHashes Sources { get; init; }

    /// <summary>Earlier datasets that no dialogue may resemble; absent where there are none.</summary>
    public IReadOnlyList<EarlierDataset>? Against { get; init; }

    public required EncoderId Encoder { get; init; }

    /// <summary>File names, without their folders.</summary>
    public required IReadOnlyDictionary<string, string> Files { get; init; }

    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Marginals { get; init; }

    [JsonPropertyOrder(1)]
    public required RunSpec Spec { get; init; }

    public static Manifest Of(RunState state, RunClosing end, IReadOnlyDictionary<string, string> files)
    {
        var statistics = state.Statistics;
        return new Manifest
        {
            RunId = state.RunId,
            Outcome = end.Finished.Outcome,
            Detail = end.Finished.Detail,
            Seed = state.Spec.Seed,
            Totals = state.Totals,
            Accepted = state.Accepted.Count,
            Candidates = statistics.Candidates,
            Rejections = statistics.Rejections,
            PromptTokens = statistics.Usage.PromptTokens,
            CompletionTokens = statistics.Usage.CompletionTokens,
            Cost = statistics.Usage.Cost,
            Paid = statistics.Usage.Paid,
            Calls = statistics.Usage.Calls,
            CacheHits = statistics.Usage.CacheHits,
            Forecast = end.Forecast is { } forecast ? ForecastCheck.Of(forecast, statistics.Usage) : null,
            Started = statistics.Started,
            Finished = end.Time,
            WallSeconds = Math.Round(statistics.WallTime(end.Time).TotalSeconds, 3),
            LatencyMilliseconds = statistics.Latencies(),
            ParametersLeftOut = SamplingParameters.LeftOut(state.Spec) is { Count: > 0 } leftOut ? leftOut : null,
            Sources = state.Spec.Sources,
            Against = state.Gate.Earlier.Datasets is { Count: > 0 } earlier ? earlier : null,
            Encoder = state.Spec.Encoder,
            Files = files,
            Marginals = statistics.Marginals.Snapshot(),
            Spec = state.Spec,
        };
    }
}
