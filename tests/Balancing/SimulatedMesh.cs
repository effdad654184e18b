using DialogueMesh.Balancing.Runs;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Contracts.Randomness;
using Xunit;

namespace DialogueMesh.Tests.Balancing;

/// <summary>How likely it is that a candidate is turned down, and that a message comes twice.</summary>
internal sealed record Troubles(double Generation, double Moderation, double Duplicate, double Repeated)
{
    public static readonly Troubles None = new(0, 0, 0, 0);
}

/// <summary>
/// The services around Balancing: messages arrive in any order and more than once, the gate decides in order of (round,
/// ordinal). Checks at every step what must hold whatever happens.
/// </summary>
internal sealed class SimulatedMesh(StartRun start, RunOpened opened, Troubles troubles, SeededRandom random)
{
    public const decimal CandidateCost = 0.01m;

    private readonly List<object> underway = [];
    private readonly List<object> seen = [];
    private readonly HashSet<(int, int)> issued = [];
    private readonly HashSet<(int, int)> unanswered = [];
    private readonly Dictionary<int, int> rounds = [];
    private readonly Dictionary<int, int> screened = [];
    private readonly HashSet<int> accepted = [.. opened.Accepted];

    public RunFinished? Finished { get; private set; }

    public IReadOnlySet<int> Accepted => accepted;

    public List<PlanDialogue> Issued { get; } = [];

    public long Candidates => opened.Candidates + issued.Count;

    public decimal Paid { get; private set; } = opened.Usage.Cost;

    /// <summary>Whether the gate's decisions had all been heard of when the run ended.</summary>
    public bool WasDecided { get; private set; }

    public void Run()
    {
        foreach (var ordinal in opened.NextAttempts.Keys)
        {
            rounds[ordinal] = random.Next(opened.NextAttempts[ordinal] + 1);
        }

        var (progress, steps) = RunProgress.Open(start, opened);
        Take(steps);
        foreach (var ordinal in opened.Pending)
        {
            Screen(ordinal, opened.NextAttempts.GetValueOrDefault(ordinal));
        }

        while (Finished is null && underway.Count > 0)
        {
            var message = TakeAny();
            Take(Deliver(progress, message));
            if (random.Chance(troubles.Repeated))
            {
                seen.Add(message);
            }
        }

        Assert.NotNull(Finished);
        WasDecided = !underway.OfType<DialogueAccepted>().Any();
        Assert.All(underway.Concat(seen), late => Assert.Empty(Deliver(progress, late)));
    }

    private object TakeAny()
    {
        if (seen.Count > 0 && random.Chance(0.3))
        {
            return random.Pick(seen);
        }

        var i = random.Next(underway.Count);
        (underway[i], underway[^1]) = (underway[^1], underway[i]);
        var message = underway[^1];
        underway.RemoveAt(underway.Count - 1);
        return message;
    }

    private IReadOnlyList<Step> Deliver(RunProgress progress, object message)
    {
        if (message is ICandidateMessage candidate)
        {
            unanswered.Remove((candidate.Ordinal, candidate.Attempt));
        }

        return message switch
        {
            CandidateJournalled journalled => progress.On(journalled),
            DialogueRejected rejected => progress.On(rejected),
            DialogueAccepted decided => progress.On(decided),
            RunFaulted faulted => progress.On(faulted),
            _ => throw new InvalidOperationException(),
        };
    }

    private void Take(IReadOnlyList<Step> steps)
    {
        foreach (var step in steps)
        {
            Assert.Null(Finished);
            if (step is IssueCell { Message: var plan })
            {
                Assert.True(issued.Add((plan.Ordinal, plan.Attempt)), $"Cell {plan.Ordinal}, attempt {plan.Attempt} issued twice.");
                unanswered.Add((plan.Ordinal, plan.Attempt));
                Issued.Add(plan);
                Answer(plan);
            }
            else
            {
                Finished = ((Finish)step).Message;
            }
        }

        Assert.InRange(unanswered.Count, 0, start.Limits.MaxParallel);
        Assert.InRange(Candidates, 0, start.Limits.MaxCandidates);
    }

    private void Answer(PlanDialogue plan)
    {
        Paid += CandidateCost;
        var usage = new Usage(10, 20, CandidateCost, 1);
        if (random.Chance(troubles.Generation))
        {
            underway.Add(Rejected(plan.Ordinal, plan.Attempt, Stage.Generation, RejectionReason.Misaligned) with { Usage = usage });
            return;
        }

        underway.Add(new CandidateJournalled { RunId = plan.RunId, Ordinal = plan.Ordinal, Attempt = plan.Attempt, Usage = usage });
        if (random.Chance(troubles.Moderation))
        {
            underway.Add(Rejected(plan.Ordinal, plan.Attempt, Stage.Moderation, RejectionReason.Flagged));
        }
        else
        {
            Screen(plan.Ordinal, plan.Attempt);
        }
    }

    /// <summary>The gate decides as far as what has arrived allows.</summary>
    private void Screen(int ordinal, int attempt)
    {
        screened[ordinal] = attempt;
        while (Gate() is { } next && screened.Remove(next, out var candidate))
        {
            if (random.Chance(troubles.Duplicate))
            {
                rounds[next] = rounds.GetValueOrDefault(next) + 1;
                underway.Add(Rejected(next, candidate, Stage.Dedup, RejectionReason.NearDuplicate));
            }
            else
            {
                accepted.Add(next);
                underway.Add(new DialogueAccepted { RunId = start.RunId, Ordinal = next, Attempt = candidate });
            }
        }
    }

    private int? Gate()
    {
        var part = opened.Totals.FirstOrDefault(total => Enumerable.Range(0, total).Any(ordinal => !accepted.Contains(ordinal)));
        var open = Enumerable.Range(0, part).Where(ordinal => !accepted.Contains(ordinal)).ToList();
        return open.Count > 0 ? open.MinBy(ordinal => (rounds.GetValueOrDefault(ordinal), ordinal)) : null;
    }

    private DialogueRejected Rejected(int ordinal, int attempt, Stage stage, RejectionReason reason) => new()
    {
        RunId = start.RunId,
        Ordinal = ordinal,
        Attempt = attempt,
        Stage = stage,
        Reason = reason,
        Detail = "",
    };
}
