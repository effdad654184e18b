using DialogueMesh.Contracts.Messages;
using DialogueMesh.Contracts.Randomness;
using DialogueMesh.Dataset.Files;

namespace DialogueMesh.Tests.Dataset;

/// <summary>Everything around a session: issues cells, answers from a world, and delivers in an order drawn from a seed, some messages twice.</summary>
internal sealed class Feed
{
    private readonly List<Func<Recorded>> deliveries = [];
    private readonly World world;
    private readonly RunSession session;
    private readonly string runId;
    private readonly SeededRandom random;

    public Feed(World world, RunSession session, int seed)
    {
        this.world = world;
        this.session = session;
        random = new SeededRandom(seed, "feed");
        var opened = session.Describe();
        runId = opened.RunId;
        foreach (var ordinal in Enumerable.Range(0, opened.Totals[^1]).Except(opened.Accepted).Except(opened.Pending))
        {
            Issue(ordinal, opened.NextAttempts.GetValueOrDefault(ordinal));
        }

        foreach (var pending in session.Pending())
        {
            Send(pending);
        }
    }

    public string? Fault { get; private set; }

    /// <summary>Delivers until nothing is left, the journal fails, or so many messages are delivered.</summary>
    public void Run(int atMost = int.MaxValue)
    {
        for (var left = atMost; left > 0 && deliveries.Count > 0 && Fault is null; left--)
        {
            var place = random.Next(deliveries.Count);
            var deliver = deliveries[place];
            if (random.Chance(0.9))
            {
                deliveries.RemoveAt(place);
            }

            Hear(deliver());
        }
    }

    private void Hear(Recorded recorded)
    {
        Fault ??= recorded.Fault;
        foreach (var _ in recorded.Decisions)
        {
            session.Told();
        }

        foreach (var line in recorded.Decisions.Where(line => !line.Accepted))
        {
            var rejected = Rejected(line.Ordinal, line.Attempt, line.Stage!.Value, line.Reason!.Value);
            deliveries.Add(() => session.TurnDown(rejected));
            Issue(line.Ordinal, line.Attempt + 1);
        }
    }

    private void Issue(int ordinal, int attempt)
    {
        if (world.TurnedDownBy(ordinal, attempt) == Stage.Generation)
        {
            TurnDown(Rejected(ordinal, attempt, Stage.Generation, RejectionReason.Unparsable));
            return;
        }

        Send(new DialogueGenerated
        {
            RunId = runId,
            Ordinal = ordinal,
            Attempt = attempt,
            Dialogue = world.Dialogue(runId, ordinal, attempt),
            Usage = new Usage(10, 5, 0.001m, 1),
            Milliseconds = 100 + ordinal,
        });
    }

    private void Send(DialogueGenerated generated)
    {
        var (ordinal, attempt) = (generated.Ordinal, generated.Attempt);
        deliveries.Add(() => session.Arrive(generated));
        if (world.TurnedDownBy(ordinal, attempt) == Stage.Moderation)
        {
            TurnDown(Rejected(ordinal, attempt, Stage.Moderation, RejectionReason.Flagged));
            return;
        }

        var screened = new DialogueScreened
        {
            RunId = runId,
            Ordinal = ordinal,
            Attempt = attempt,
            Hash = world.Hash(ordinal, attempt),
            Vector = VectorBytes.Of(world.Vector(ordinal, attempt)),
        };
        deliveries.Add(() => session.Screen(screened));
    }

    private void TurnDown(DialogueRejected rejected)
    {
        var isIssued = false;
        deliveries.Add(() =>
        {
            var recorded = session.TurnDown(rejected);
            if (!isIssued)
            {
                isIssued = true;
                Issue(rejected.Ordinal, rejected.Attempt + 1);
            }

            return recorded;
        });
    }

    private DialogueRejected Rejected(int ordinal, int attempt, Stage stage, RejectionReason reason) => new()
    {
        RunId = runId,
        Ordinal = ordinal,
        Attempt = attempt,
        Stage = stage,
        Reason = reason,
        Detail = "d",
        Usage = stage == Stage.Generation ? new Usage(7, 0, 0.0005m, 1) : default,
    };
}
