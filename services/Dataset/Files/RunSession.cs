using DialogueMesh.Contracts.Messages;
using DialogueMesh.Dataset.Gate;
using DialogueMesh.Dataset.History;
using DialogueMesh.Dataset.Reports;
using Microsoft.Extensions.Logging;

namespace DialogueMesh.Dataset.Files;

/// <summary>A run while its journal is open: one event at a time, journalled before anything follows from it.</summary>
internal sealed class RunSession(
    RunState state, Journal journal, DatasetOptions options, OpenRun opening, TimeProvider time, ILogger logger) : IDisposable
{
    private readonly Lock access = new();

    // Published again when the run was opened: known to whoever counts candidates.
    private readonly HashSet<CandidateKey> republished = [.. state.Pending.Select(pending => pending.Key)];

    // A process that could not publish them takes them up with the next event.
    private readonly Queue<DecisionLine> untold = [];
    private OpenRun opening = opening;
    private bool isOver;

    /// <summary>What began it, or began it again.</summary>
    public StartRun Start
    {
        get
        {
            lock (access)
            {
                return opening.ToStart();
            }
        }
    }

    /// <summary>It was started again while it goes on, perhaps with other limits.</summary>
    public void Restart(OpenRun open)
    {
        lock (access)
        {
            opening = open;
        }
    }

    /// <summary>What the journal says is done.</summary>
    public RunOpened Describe()
    {
        lock (access)
        {
            return new RunOpened
            {
                RunId = state.RunId,
                Totals = [.. state.Totals],
                Accepted = [.. state.Accepted.Keys],
                NextAttempts = state.NextAttempts,
                Pending = [.. state.Pending.Select(pending => pending.Key.Ordinal)],
                Candidates = state.Statistics.Candidates,
                Usage = state.Statistics.Usage,
            };
        }
    }

    /// <summary>The candidates that await screening, read from the journal one by one.</summary>
    public IEnumerable<DialogueGenerated> Pending()
    {
        List<JournalPlace> places;
        lock (access)
        {
            places = [.. state.Pending.Select(pending => pending.Place)];
        }

        return places.Select(Read);
    }

    /// <summary>An answer: the first one for its ordinal and attempt is journalled.</summary>
    /// <returns>New also when a message is delivered again, so that its answer is too.</returns>
    public Recorded Arrive(DialogueGenerated generated)
    {
        lock (access)
        {
            var key = new CandidateKey(generated.Ordinal, generated.Attempt);
            if (isOver || state.IsJournalled(key))
            {
                return Now(isNew: !isOver && !republished.Contains(key));
            }

            var line = CandidateLine(generated, generated.Dialogue);
            return Append(line, CandidateLine(generated, DialogueLabels.Of(generated.Dialogue))) is { } fault
                ? Fault(fault)
                : Settle(isNew: true);
        }
    }

    /// <summary>The first of the decisions not told yet has been published.</summary>
    public void Told()
    {
        lock (access)
        {
            untold.Dequeue();
        }
    }

    /// <summary>A rejection before the gate; the gate's own are known already.</summary>
    public Recorded TurnDown(DialogueRejected rejected)
    {
        lock (access)
        {
            if (isOver || rejected.Stage == Stage.Dedup
                || state.Gate.IsDecided(new CandidateKey(rejected.Ordinal, rejected.Attempt)))
            {
                return Now(isNew: false);
            }

            var line = DecisionLines.Of(rejected, time.GetUtcNow());
            logger.Decision(state.RunId, line);
            return Append(line, line) is { } fault ? Fault(fault) : Settle(isNew: true);
        }
    }

    /// <summary>A candidate's text and meaning, for the gate.</summary>
    public Recorded Screen(DialogueScreened screened)
    {
        lock (access)
        {
            if (isOver)
            {
                return Now(isNew: false);
            }

            var vector = VectorBytes.Read(screened.Vector);
            if (!state.Gate.Accepted.Fits(vector))
            {
                return Fault($"the encoder gave {vector.Length} numbers, not a unit vector of {state.Spec.Encoder.Dimension}, the dimension of {state.Spec.Encoder.Name}");
            }

            state.Gate.Screen(new CandidateKey(screened.Ordinal, screened.Attempt), screened.Hash, vector);
            return Settle(isNew: false);
        }
    }

    /// <summary>Writes the outputs of a run that ended without a fault, and says so in the journal.</summary>
    /// <returns>The message, and where the outputs could not be written, the fault.</returns>
    public (DatasetWritten Written, string? Fault) Finish(RunFinished finished)
    {
        lock (access)
        {
            var (files, fault) = finished.Outcome == RunOutcome.Faulted ? ([], null) : Export(finished);
            var outcome = fault is null ? finished.Outcome : RunOutcome.Faulted;
            var line = new FinishedLine
            {
                Time = time.GetUtcNow(),
                Outcome = outcome,
                Detail = fault ?? finished.Detail,
                Accepted = state.Accepted.Count,
            };
            if (!isOver)
            {
                // The outputs stand whether or not this last line gets in.
                _ = journal.Append(line);
                _ = journal.Sync();
            }

            var written = new DatasetWritten
            {
                RunId = state.RunId,
                Outcome = outcome,
                Detail = line.Detail,
                Files = files,
                Marginals = state.Statistics.Marginals.Snapshot(),
            };
            return (written, fault);
        }
    }

    public void Dispose()
    {
        lock (access)
        {
            // What is delivered late finds nothing to do: the journal takes no more, and the vectors are gone.
            isOver = true;
            journal.Dispose();
            state.Gate.Accepted.Dispose();
        }
    }

    private DialogueGenerated Read(JournalPlace place)
    {
        lock (access)
        {
            var candidate = journal.ReadCandidate(place);
            return new DialogueGenerated
            {
                RunId = state.RunId,
                Ordinal = candidate.Ordinal,
                Attempt = candidate.Attempt,
                Dialogue = candidate.Dialogue,
                Usage = candidate.Usage,
                Milliseconds = candidate.Milliseconds,
            };
        }
    }

    // Makes every decision that can be made by now.
    private Recorded Settle(bool isNew)
    {
        while (state.Gate.Next() is { } decision)
        {
            var line = DecisionLines.Of(decision, state.RunId, state.Spec.SimilarityThreshold, time.GetUtcNow());
            if ((Append(line, line) ?? (line.Accepted ? EndBatch() : null)) is { } fault)
            {
                return Fault(fault) with { IsNew = isNew };
            }

            logger.Decision(state.RunId, line);
            untold.Enqueue(line);
        }

        return Now(isNew);
    }

    private Recorded Now(bool isNew) => untold.Count == 0 ? Recorded.Nothing with { IsNew = isNew } : new(isNew, [.. untold], Fault: null);

    private string? Append(JournalLine written, JournalLine remembered)
    {
        switch (journal.Append(written))
        {
            case Appended.Written(var place):
                state.Apply(remembered, place);
                return null;
            case Appended.Failed(var message):
                return message;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private string? EndBatch()
    {
        if (state.Accepted.Count % opening.Limits.BatchSize != 0)
        {
            return null;
        }

        var (statistics, marginals) = (state.Statistics, state.Statistics.Marginals);
        logger.Batch(
            state.Accepted.Count,
            state.Totals[^1],
            statistics.RejectionLine(),
            marginals.Line(Marginals.Resolution),
            marginals.Line(Marginals.ServiceCount),
            statistics.Usage.PromptTokens + statistics.Usage.CompletionTokens,
            statistics.Usage.Cost);
        return journal.Sync();
    }

    private (IReadOnlyList<string> Files, string? Fault) Export(RunFinished finished)
    {
        if (RunFiles.ManifestOwner(options) is { } owner && owner != state.RunId)
        {
            return ([], Unwritten($"{options.ManifestFile} is by now of run {owner}", "move that run's files away"));
        }

        try
        {
            var files = DatasetExport.Write(state, journal, options, new RunClosing(finished, opening.Forecast, time.GetUtcNow()));
            logger.Written(state.RunId, finished.Outcome, state.Accepted.Count, options.OutputFile);
            return (files, null);
        }
        catch (Exception fault) when (DiskFault.Is(fault))
        {
            return ([], Unwritten(fault.Message.ReplaceLineEndings(" "), "make room"));
        }
    }

    private string Unwritten(string why, string remedy)
    {
        var message = $"cannot write the outputs: {why}; what is accepted is safe in {options.JournalFile}: {remedy} and run again with --resume";
        logger.Faulted(state.RunId, message);
        return message;
    }

    private Recorded Fault(string message)
    {
        isOver = true;
        logger.Faulted(state.RunId, message);
        return new Recorded(IsNew: false, [.. untold], message);
    }

    private CandidateLine<T> CandidateLine<T>(DialogueGenerated generated, T dialogue) => new()
    {
        Time = time.GetUtcNow(),
        Ordinal = generated.Ordinal,
        Attempt = generated.Attempt,
        Usage = generated.Usage,
        Milliseconds = generated.Milliseconds,
        Dialogue = dialogue,
    };
}
