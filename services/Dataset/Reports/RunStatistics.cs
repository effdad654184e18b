using DialogueMesh.Contracts.Messages;

namespace DialogueMesh.Dataset.Reports;

/// <summary>What a run has cost and turned down, over all its sessions.</summary>
internal sealed class RunStatistics
{
    private readonly SortedDictionary<Stage, SortedDictionary<RejectionReason, int>> rejections = [];
    private readonly List<float> latencies = [];
    private TimeSpan earlierSessions;
    private DateTimeOffset sessionStart;
    private DateTimeOffset lastTime;

    public DateTimeOffset Started { get; private set; }

    /// <summary>Answers of the model that became a candidate or were rejected before.</summary>
    public long Candidates { get; private set; }

    public Usage Usage { get; private set; }

    public Marginals Marginals { get; } = new();

    public IReadOnlyDictionary<Stage, SortedDictionary<RejectionReason, int>> Rejections => rejections;

    /// <summary>The time that processes worked on the run, until <paramref name="now"/>.</summary>
    public TimeSpan WallTime(DateTimeOffset now) => earlierSessions + (now - sessionStart);

    public void BeginSession(DateTimeOffset time)
    {
        if (Started == default)
        {
            Started = time;
        }
        else
        {
            earlierSessions += lastTime - sessionStart;
        }

        sessionStart = lastTime = time;
    }

    public void SeeTime(DateTimeOffset time) => lastTime = time;

    public void CountCandidate(Usage usage, double milliseconds)
    {
        Candidates++;
        Usage += usage;
        latencies.Add((float)milliseconds);
    }

    public void CountRejection(Stage stage, RejectionReason reason, Usage usage)
    {
        // A candidate that Generation turns down never arrives; the others are counted by their arrival.
        Candidates += stage == Stage.Generation ? 1 : 0;
        Usage += usage;
        if (!rejections.TryGetValue(stage, out var reasons))
        {
            rejections.Add(stage, reasons = []);
        }

        reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
    }

    /// <summary>"NearDuplicate 3, Flagged 1", or "none".</summary>
    public string RejectionLine()
    {
        var counts = rejections.Values.SelectMany(reasons => reasons).Select(pair => $"{pair.Key} {pair.Value}").ToList();
        return counts.Count == 0 ? "none" : string.Join(", ", counts);
    }

    public Percentiles Latencies() => Percentiles.Of(latencies);
}
