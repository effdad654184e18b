using DialogueMesh.Contracts.Messages;

namespace DialogueMesh.Cli.Display;

/// <summary>
/// Where a run stands, told by what is published about it. Messages may come twice and in any order: each counts once for
/// its ordinal and attempt. Thread-safe.
/// </summary>
internal sealed class RunProgress(TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(15);

    private readonly Lock access = new();
    private readonly long started = time.GetTimestamp();
    private readonly HashSet<int> accepted = [];
    private readonly HashSet<(int Ordinal, int Attempt)> arrived = [];
    private readonly HashSet<(int Ordinal, int Attempt)> rejected = [];

    // Journalled by an earlier start, and published again for screening.
    private readonly HashSet<int> pending = [];
    private readonly Dictionary<RejectionReason, int> reasons = [];
    private RateWindow? window;
    private long opened;
    private int acceptedBefore;
    private int total;
    private long candidates;
    private Usage usage;
    private long retries;

    public void On(RunOpened message)
    {
        lock (access)
        {
            total = message.Totals.Count > 0 ? message.Totals[^1] : 0;
            if (window is not null)
            {
                return;
            }

            window = new RateWindow(time, Window);
            opened = time.GetTimestamp();
            accepted.UnionWith(message.Accepted);
            acceptedBefore = message.Accepted.Count;
            pending.UnionWith(message.Pending);
            candidates += message.Candidates;
            usage += message.Usage;
        }
    }

    public void On(CandidateJournalled message)
    {
        lock (access)
        {
            if (!pending.Contains(message.Ordinal))
            {
                Arrive(message, message.Usage);
            }
        }
    }

    public void On(DialogueAccepted message)
    {
        lock (access)
        {
            if (accepted.Add(message.Ordinal))
            {
                pending.Remove(message.Ordinal);
                window?.Count();
            }
        }
    }

    public void On(DialogueRejected message)
    {
        lock (access)
        {
            if (!rejected.Add((message.Ordinal, message.Attempt)))
            {
                return;
            }

            pending.Remove(message.Ordinal);
            reasons[message.Reason] = reasons.GetValueOrDefault(message.Reason) + 1;
            if (message.Stage == Stage.Generation)
            {
                Arrive(message, message.Usage);
            }
            else
            {
                usage += message.Usage;
            }
        }
    }

    /// <summary>How many calls have been tried again so far.</summary>
    public void OnRetries(long soFar)
    {
        lock (access)
        {
            retries = soFar;
        }
    }

    public ProgressSnapshot Snapshot()
    {
        lock (access)
        {
            var rate = window?.PerSecond() ?? 0;
            return new ProgressSnapshot
            {
                Total = total,
                Accepted = accepted.Count,
                Rejections = [.. reasons.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value))],
                Candidates = candidates,
                Usage = usage,
                Retries = retries,
                Rate = rate,
                Remaining = RemainingAt(rate > 0 ? rate : MeanRate()),
                Elapsed = time.GetElapsedTime(started),
            };
        }
    }

    private void Arrive(ICandidateMessage message, Usage paid)
    {
        if (arrived.Add((message.Ordinal, message.Attempt)))
        {
            candidates++;
            usage += paid;
        }
    }

    private double MeanRate() => window is not null && time.GetElapsedTime(opened) is { TotalSeconds: > 0 and var seconds }
        ? (accepted.Count - acceptedBefore) / seconds
        : 0;

    private TimeSpan? RemainingAt(double rate) => total > 0 && accepted.Count >= total ? TimeSpan.Zero
        : rate > 0 && total > 0 ? TimeSpan.FromSeconds((total - accepted.Count) / rate)
        : null;
}
