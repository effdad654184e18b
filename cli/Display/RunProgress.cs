using DialogueMesh.Cli.Display.Rates;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Llm.Counting;

namespace DialogueMesh.Cli.Display;

/// <summary>
/// Where a run stands, told by what is published about it. Messages may come twice and in any order: each counts once for
/// its ordinal and attempt. Thread-safe.
/// </summary>
/// <param name="activity">Of the model's clients; null where there are none to ask.</param>
internal sealed class RunProgress(TimeProvider time, Func<LlmActivity>? activity = null)
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
    private long rejectedBefore;

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
            rejectedBefore = Math.Max(0, message.Candidates - message.Accepted.Count - message.Pending.Count);
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

    public ProgressSnapshot Snapshot()
    {
        var calls = activity?.Invoke();
        lock (access)
        {
            return new ProgressSnapshot
            {
                Total = total,
                Accepted = accepted.Count,
                Rejections = [.. reasons.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value))],
                Candidates = candidates,
                Usage = usage,
                Decided = accepted.Count + rejected.Count + rejectedBefore,
                Activity = calls,
                Rate = window?.PerSecond() ?? 0,
                Remaining = Remaining(),
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

    private TimeLeft? Remaining()
    {
        var left = total - accepted.Count;
        if (total == 0 || window is null)
        {
            return null;
        }

        if (left <= 0)
        {
            return TimeLeft.None;
        }

        var rate = window.PerSecond();
        if (rate > 0)
        {
            var counted = rate * Math.Min(time.GetElapsedTime(opened).TotalSeconds, Window.TotalSeconds);
            return TimeLeft.Of(left, rate, counted, window.Dispersion());
        }

        // Nothing for a while: by the mean of this start, of which nobody knows whether it still holds.
        var mean = (accepted.Count - acceptedBefore) / Math.Max(time.GetElapsedTime(opened).TotalSeconds, 1e-3);
        return mean > 0 ? new TimeLeft(TimeSpan.FromSeconds(left / mean), null, null) : null;
    }
}
