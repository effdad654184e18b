using DialogueMesh.Contracts.Runs;
using DialogueMesh.Dataset.Gate;
using DialogueMesh.Dataset.Reports;

namespace DialogueMesh.Dataset.History;

/// <summary>Where a line lies in the journal, in bytes.</summary>
internal readonly record struct JournalPlace(long Offset, int Length);

/// <summary>An accepted dialogue: where its candidate line is, and what the gate knew of it.</summary>
internal sealed record AcceptedDialogue(int Attempt, JournalPlace Place, string Hash, NearestAccepted? Nearest);

/// <summary>
/// What a run's journal says, folded line by line: the same whether the lines are read back or have just been written.
/// Dialogues stay in the journal; memory holds their places.
/// </summary>
internal sealed class RunState
{
    private readonly Dictionary<CandidateKey, OpenCandidate> open = [];
    private readonly HashSet<CandidateKey> journalled = [];
    private readonly Dictionary<int, int> nextAttempts = [];
    private readonly List<int> totals = [];

    private RunState(RunLine run)
    {
        RunId = run.RunId;
        Spec = run.Spec;
        Gate = new AcceptanceGate(run.Spec.SimilarityThreshold, run.Spec.Encoder.Dimension);
        Extend(run.Spec.InitialTotal);
    }

    public string RunId { get; }

    public RunSpec Spec { get; }

    public AcceptanceGate Gate { get; }

    public RunStatistics Statistics { get; } = new();

    /// <summary>Ascending.</summary>
    public IReadOnlyList<int> Totals => totals;

    /// <summary>By ordinal.</summary>
    public SortedDictionary<int, AcceptedDialogue> Accepted { get; } = [];

    /// <summary>Candidates in the journal that nothing has been decided about, the latest of each open cell, by ordinal.</summary>
    public IEnumerable<(CandidateKey Key, JournalPlace Place)> Pending =>
        from candidate in open
        where !Accepted.ContainsKey(candidate.Key.Ordinal)
        group candidate by candidate.Key.Ordinal into cell
        orderby cell.Key
        let latest = cell.MaxBy(candidate => candidate.Key.Attempt)
        select (latest.Key, latest.Value.Place);

    /// <summary>Cells that had rejections and are not accepted, with the attempt that comes after.</summary>
    public IReadOnlyDictionary<int, int> NextAttempts =>
        nextAttempts.Where(pair => !Accepted.ContainsKey(pair.Key)).ToDictionary();

    /// <summary>The state after a journal's first line.</summary>
    /// <exception cref="InvalidDataException">It is not a run's first line.</exception>
    public static RunState Begin(JournalLine first)
    {
        var run = first as RunLine ?? throw new InvalidDataException("the first line is not a run's");
        var state = new RunState(run);
        state.Statistics.BeginSession(run.Time);
        return state;
    }

    public bool IsJournalled(CandidateKey key) => journalled.Contains(key);

    /// <summary>Takes in the line that lies at <paramref name="place"/>.</summary>
    /// <exception cref="InvalidDataException">The line does not follow from those before.</exception>
    public void Apply(JournalLine line, JournalPlace place)
    {
        switch (line)
        {
            case CandidateLine<DialogueLabels> candidate:
                Apply(candidate, place);
                break;
            case DecisionLine { Round: null, Accepted: false, Stage: not null, Reason: not null } decision:
                Gate.TurnDown(new CandidateKey(decision.Ordinal, decision.Attempt));
                Close(decision);
                break;
            case DecisionLine decision:
                ApplyGate(decision);
                break;
            case ExtendedLine extended when extended.Total > totals[^1]:
                Extend(extended.Total);
                break;
            case ResumedLine:
                Statistics.BeginSession(line.Time);
                break;
            case FinishedLine:
                break;
            default:
                throw new InvalidDataException($"a line of this kind ({line.GetType().Name}) does not belong here");
        }

        Statistics.SeeTime(line.Time);
    }

    private void Apply(CandidateLine<DialogueLabels> candidate, JournalPlace place)
    {
        var key = new CandidateKey(candidate.Ordinal, candidate.Attempt);
        if (!journalled.Add(key))
        {
            throw new InvalidDataException($"ordinal {key.Ordinal}, attempt {key.Attempt} arrives twice");
        }

        Statistics.CountCandidate(candidate.Usage, candidate.Milliseconds);
        if (!Gate.IsDecided(key))
        {
            open[key] = new OpenCandidate(place, candidate.Dialogue);
            Gate.Arrive(key);
        }
    }

    private void ApplyGate(DecisionLine line)
    {
        var decision = DecisionLines.Read(line);
        if (!open.TryGetValue(decision.Key, out var candidate))
        {
            throw new InvalidDataException($"ordinal {line.Ordinal}, attempt {line.Attempt} is decided but never arrived");
        }

        Gate.Apply(decision);
        if (decision is Decision.Accepted accepted)
        {
            Accepted.Add(line.Ordinal, new AcceptedDialogue(line.Attempt, candidate.Place, accepted.Hash, accepted.Nearest));
            Statistics.Marginals.Count(candidate.Labels);
            open.Remove(decision.Key);
        }
        else
        {
            Close(line);
        }
    }

    private void Close(DecisionLine rejection)
    {
        open.Remove(new CandidateKey(rejection.Ordinal, rejection.Attempt));
        nextAttempts[rejection.Ordinal] = Math.Max(nextAttempts.GetValueOrDefault(rejection.Ordinal), rejection.Attempt + 1);
        Statistics.CountRejection(rejection.Stage!.Value, rejection.Reason!.Value, rejection.Usage ?? default);
    }

    private void Extend(int total)
    {
        totals.Add(total);
        Gate.Extend(total);
    }

    private sealed record OpenCandidate(JournalPlace Place, DialogueLabels Labels);
}
