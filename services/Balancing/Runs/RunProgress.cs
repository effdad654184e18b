using DialogueMesh.Balancing.Planning;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Contracts.Runs;

namespace DialogueMesh.Balancing.Runs;

/// <summary>
/// Where a run stands: which cells are in flight, undecided, accepted or open, and what that asks for next. Rebuilt from the
/// journal at every start. A message that was seen before, or that is overtaken by a later attempt, changes nothing.
/// Not thread-safe.
/// </summary>
internal sealed class RunProgress
{
    /// <summary>Most candidates that wait for a decision of round 0 before another cell is begun: bounds memory.</summary>
    public const int MostUndecided = 4096;

    private readonly StartRun start;
    private readonly Budget budget;
    private readonly CellBoard cells;
    private readonly PriorityQueue<int, int> retries = new();
    private readonly Dictionary<int, RejectionReason> lastReasons = [];

    // Decided before their CandidateJournalled came: they keep their place in the window until it is known what they cost.
    private readonly HashSet<(int Ordinal, int Attempt)> unpaid = [];
    private RunPlan plan;
    private int nextFresh;

    private RunProgress(StartRun start, RunOpened opened)
    {
        this.start = start;
        budget = new(start.Limits, opened.Candidates, opened.Usage);
        plan = RunPlan.Create(start.Spec, opened.Totals);
        cells = new(opened.Totals);
        foreach (var (ordinal, attempt) in opened.NextAttempts.Where(pair => pair.Key < plan.Count))
        {
            cells.RetryFromEarlier(ordinal, attempt);
        }

        foreach (var ordinal in opened.Pending)
        {
            cells.Move(ordinal, CellState.Undecided);
        }

        foreach (var ordinal in opened.Accepted)
        {
            cells.Move(ordinal, CellState.Accepted);
        }

        retries.EnqueueRange(opened.NextAttempts.Keys.Where(o => cells.StateOf(o) == CellState.AwaitsRetry).Select(o => (o, o)));
    }

    public bool IsFinished { get; private set; }

    private int Total => plan.Count;

    private int InWindow => cells.InFlight + unpaid.Count;

    public static (RunProgress Progress, IReadOnlyList<Step> Steps) Open(StartRun start, RunOpened opened)
    {
        var progress = new RunProgress(start, opened);
        return (progress, progress.Next());
    }

    /// <summary>
    /// The run was started again while it goes on: its limits may have changed, its total grown, or its journal's keeper died
    /// between writing and telling.
    /// </summary>
    public IReadOnlyList<Step> Reopen(RunLimits limits, RunOpened message)
    {
        if (IsFinished)
        {
            return [];
        }

        budget.Limits = limits;
        if (message.Totals[^1] > Total)
        {
            plan = RunPlan.Create(start.Spec, message.Totals);
            cells.Extend(message.Totals);
        }

        CatchUp(message);
        return Next();
    }

    public IReadOnlyList<Step> On(CandidateJournalled message)
    {
        if (IsFinished)
        {
            return [];
        }

        if (unpaid.Remove((message.Ordinal, message.Attempt)))
        {
            budget.Pay(message.Usage);
            return Next();
        }

        if (!Concerns(message) || cells.StateOf(message.Ordinal) == CellState.Undecided)
        {
            return [];
        }

        Answered(message);
        budget.Pay(message.Usage);
        cells.Move(message.Ordinal, CellState.Undecided);
        return Next();
    }

    public IReadOnlyList<Step> On(DialogueRejected message)
    {
        if (IsFinished || !Concerns(message))
        {
            return [];
        }

        Settle(message, paidNow: message.Stage == Stage.Generation, message.Usage);
        lastReasons[message.Ordinal] = message.Reason;
        cells.Retry(message.Ordinal, message.Attempt + 1, isDuplicate: message.Stage == Stage.Dedup);
        retries.Enqueue(message.Ordinal, message.Ordinal);
        return Next();
    }

    public IReadOnlyList<Step> On(DialogueAccepted message)
    {
        if (IsFinished || !IsOpen(message.Ordinal))
        {
            return [];
        }

        // The journal holds it, so it counts whichever attempt it is.
        Settle(message, paidNow: false, default);
        lastReasons.Remove(message.Ordinal);
        cells.Move(message.Ordinal, CellState.Accepted);
        return Next();
    }

    public IReadOnlyList<Step> On(CancelRun _) =>
        IsFinished ? [] : [End(RunOutcome.Incomplete, "stopped by request")];

    public IReadOnlyList<Step> On(RunFaulted message) => IsFinished ? [] : [End(RunOutcome.Faulted, message.Message)];

    // Forwards only: what the journal tells may be older than what is known here.
    private void CatchUp(RunOpened opened)
    {
        foreach (var (ordinal, attempt) in opened.NextAttempts.Where(pair => IsOpen(pair.Key) && pair.Value > cells.AttemptOf(pair.Key)))
        {
            cells.RetryFromEarlier(ordinal, attempt);
            retries.Enqueue(ordinal, ordinal);
        }

        foreach (var ordinal in opened.Pending.Where(o => IsOpen(o) && cells.StateOf(o) == CellState.InFlight))
        {
            cells.Move(ordinal, CellState.Undecided);
        }

        foreach (var ordinal in opened.Accepted.Where(IsOpen))
        {
            cells.Move(ordinal, CellState.Accepted);
        }

        var accepted = opened.Accepted.ToHashSet();
        unpaid.RemoveWhere(key => accepted.Contains(key.Ordinal) || key.Attempt < opened.NextAttempts.GetValueOrDefault(key.Ordinal));
        budget.Reconcile(opened.Candidates + cells.InFlight, opened.Usage);
    }

    private bool IsOpen(int ordinal) =>
        ordinal >= 0 && ordinal < cells.Count && cells.StateOf(ordinal) != CellState.Accepted;

    private bool Concerns(ICandidateMessage message) =>
        IsOpen(message.Ordinal) && message.Attempt >= cells.AttemptOf(message.Ordinal);

    /// <summary>A candidate is decided; where its answer was not heard of before, it has arrived now.</summary>
    private void Settle(ICandidateMessage message, bool paidNow, Usage usage)
    {
        if (cells.StateOf(message.Ordinal) == CellState.Undecided)
        {
            budget.PayMore(usage);
            return;
        }

        if (cells.StateOf(message.Ordinal) == CellState.InFlight && !paidNow)
        {
            unpaid.Add((message.Ordinal, message.Attempt));
        }

        Answered(message);
        if (paidNow)
        {
            budget.Pay(usage);
        }
        else
        {
            budget.PayMore(usage);
        }
    }

    /// <summary>An answer that an earlier start asked for counts as asked for.</summary>
    private void Answered(ICandidateMessage message)
    {
        if (cells.StateOf(message.Ordinal) != CellState.InFlight)
        {
            budget.Ask();
        }

        cells.SetAttempt(message.Ordinal, message.Attempt);
    }

    private List<Step> Next()
    {
        var steps = new List<Step>();
        var limit = BudgetLimit.None;
        while (InWindow < Math.Max(budget.Limits.MaxParallel, 1) && NextOpen() is { } ordinal)
        {
            limit = budget.LimitReached(InWindow);
            if (limit != BudgetLimit.None)
            {
                break;
            }

            cells.Move(ordinal, CellState.InFlight);
            budget.Ask();
            steps.Add(new IssueCell(CandidateFor(ordinal)));
        }

        if (cells.Accepted == Total)
        {
            steps.Add(End(RunOutcome.Complete, ""));
        }
        else if (limit != BudgetLimit.None && IsStuckAt(limit))
        {
            steps.Add(End(RunOutcome.Incomplete, WhatIsOpen(limit)));
        }

        return steps;
    }

    /// <summary>
    /// Cells are open that the budget forbids to issue, and nothing on the way can change that. Answers after an open cell
    /// may be undecided then: the gate waits for that cell, in vain, until it hears that no more candidates will come.
    /// </summary>
    private bool IsStuckAt(BudgetLimit limit) =>
        cells.InFlight == 0 && !cells.GateCanGoOn() && (limit == BudgetLimit.Candidates || unpaid.Count == 0);

    /// <summary>
    /// Rejected cells go first. Fresh ones wait while too many candidates are undecided, except those that these wait for:
    /// the gate decides round 0 in the order of the ordinals, and later rounds after it.
    /// </summary>
    private int? NextOpen()
    {
        while (retries.TryPeek(out var retry, out _))
        {
            if (cells.StateOf(retry) == CellState.AwaitsRetry)
            {
                return retry;
            }

            retries.Dequeue();
        }

        while (nextFresh < cells.Count && cells.StateOf(nextFresh) != CellState.Fresh)
        {
            nextFresh++;
        }

        var mayBegin = cells.UndecidedInRound0 < MostUndecided || nextFresh < cells.LowestUndecidedInRound0;
        return nextFresh < cells.Count && mayBegin ? nextFresh : null;
    }

    private PlanDialogue CandidateFor(int ordinal) => new()
    {
        RunId = start.RunId,
        Ordinal = ordinal,
        Attempt = cells.AttemptOf(ordinal),
        Seed = start.Spec.Seed,
        Mode = start.Spec.Mode,
        Model = start.Spec.Model,
        Cell = plan.Cell(ordinal),
    };

    private string WhatIsOpen(BudgetLimit limit)
    {
        const int Shown = 5;
        var count = Total - cells.Accepted - cells.Undecided;
        var open = Enumerable.Range(0, Total).Where(o => IsOpen(o) && cells.StateOf(o) != CellState.Undecided).Take(Shown);
        var list = string.Join(", ", open.Select(ordinal => $"{ordinal} ({LastReason(ordinal)})"));
        var undecided = cells.Undecided > 0 ? $"; {cells.Undecided} answers were still to be decided" : "";
        return $"{budget.Describe(limit)}; {count} of {Total} cells open: {list}{(count > Shown ? ", …" : "")}{undecided}";
    }

    private string LastReason(int ordinal) => lastReasons.TryGetValue(ordinal, out var reason) ? reason.ToString()
        : cells.AttemptOf(ordinal) > 0 ? "rejected in an earlier start" : "not tried";

    private Finish End(RunOutcome outcome, string detail)
    {
        IsFinished = true;
        return new(new() { RunId = start.RunId, Outcome = outcome, Detail = detail });
    }
}
