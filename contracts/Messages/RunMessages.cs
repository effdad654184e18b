using DialogueMesh.Contracts.Runs;

namespace DialogueMesh.Contracts.Messages;

/// <summary>
/// What every message of a run carries, but <see cref="RunFaulted"/>: a handler that fails on one of these ends the run by a
/// <see cref="RunFaulted"/>, and failing on that must not lead to the next.
/// </summary>
public interface IRunMessage
{
    string RunId { get; }
}

/// <summary>Starts or resumes a run.</summary>
public sealed record StartRun : IRunMessage
{
    public required string RunId { get; init; }
    public required RunSpec Spec { get; init; }
    public required RunLimits Limits { get; init; }

    /// <summary>The total after this start; more than <see cref="RunSpec.InitialTotal"/> when the run is extended.</summary>
    public required int Total { get; init; }
    public RunForecast? Forecast { get; init; }
}

/// <summary>
/// Balancing to Dataset: which runs go on? Asked by whoever has just begun, and by one that hears of a run it does not know.
/// Each is answered by its <see cref="StartRun"/>.
/// </summary>
public sealed record RunsWanted
{
    /// <summary>The only one asked about; null is all.</summary>
    public string? RunId { get; init; }
}

/// <summary>Ends a run before it is complete; what it has is written, and starting it again goes on with it.</summary>
public sealed record CancelRun : IRunMessage
{
    public required string RunId { get; init; }
}

/// <summary>Balancing to Dataset: open this run's journal.</summary>
public sealed record OpenRun : IRunMessage
{
    public required string RunId { get; init; }
    public required RunSpec Spec { get; init; }
    public required RunLimits Limits { get; init; }
    public required int Total { get; init; }
    public RunForecast? Forecast { get; init; }

    public static OpenRun Of(StartRun start) =>
        new() { RunId = start.RunId, Spec = start.Spec, Limits = start.Limits, Total = start.Total, Forecast = start.Forecast };

    /// <summary>The message that led to this one.</summary>
    public StartRun ToStart() => new() { RunId = RunId, Spec = Spec, Limits = Limits, Total = Total, Forecast = Forecast };
}

/// <summary>Dataset to Balancing: what the journal says is done.</summary>
public sealed record RunOpened : IRunMessage
{
    public required string RunId { get; init; }

    /// <summary>The totals the run has had, ascending: the initial one, then one per extension.</summary>
    public required IReadOnlyList<int> Totals { get; init; }

    /// <summary>Ordinals already accepted.</summary>
    public required IReadOnlyList<int> Accepted { get; init; }

    /// <summary>Cells that had rejections, with the attempt to issue next.</summary>
    public required IReadOnlyDictionary<int, int> NextAttempts { get; init; }

    /// <summary>Cells whose journalled candidate awaits screening again; they must not be issued.</summary>
    public required IReadOnlyList<int> Pending { get; init; }

    public required long Candidates { get; init; }
    public required Usage Usage { get; init; }
}

/// <summary>A fault that no retry mends (a refused key, a dead endpoint, a full disk): the run stops, resumable.</summary>
public sealed record RunFaulted
{
    public required string RunId { get; init; }

    /// <summary>One line for the user: what, where, what to do.</summary>
    public required string Message { get; init; }
}

/// <summary>Balancing to Dataset: no more candidates will come.</summary>
public sealed record RunFinished : IRunMessage
{
    public required string RunId { get; init; }
    public required RunOutcome Outcome { get; init; }

    /// <summary>For Incomplete: why, in one line.</summary>
    public required string Detail { get; init; }
}

/// <summary>Dataset: the run's files are written.</summary>
public sealed record DatasetWritten : IRunMessage
{
    public required string RunId { get; init; }
    public required RunOutcome Outcome { get; init; }
    public required string Detail { get; init; }
    public required IReadOnlyList<string> Files { get; init; }
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Marginals { get; init; }
}

/// <summary>How a run ended.</summary>
public enum RunOutcome
{
    /// <summary>N accepted dialogues.</summary>
    Complete,

    /// <summary>A budget is spent with cells open.</summary>
    Incomplete,

    /// <summary>A fault stopped it.</summary>
    Faulted,
}
