namespace DialogueMesh.Llm.Counting;

/// <summary>An amount per second over the last seconds, in buckets of one second. Not thread-safe.</summary>
internal sealed class RecentRate
{
    private const int Buckets = 15;

    private readonly long[] amounts = new long[Buckets];

    // Before the first second ends, rates are as if it had: a first burst is no rate yet.
    private long first = -1;
    private long last = -1;

    /// <param name="now">Since any fixed moment; not before an earlier one.</param>
    public void Add(long amount, TimeSpan now)
    {
        var second = Forget(now);
        first = first < 0 ? second : first;
        amounts[second % Buckets] += amount;
    }

    public double PerSecond(TimeSpan now)
    {
        if (first < 0)
        {
            return 0;
        }

        var second = Forget(now);
        var since = Math.Max(first, second - Buckets + 1);
        return amounts.Sum() / Math.Max(now.TotalSeconds - since, 1);
    }

    private long Forget(TimeSpan now)
    {
        var second = Math.Max((long)now.TotalSeconds, last);
        for (var gone = Math.Max(last + 1, second - Buckets + 1); gone <= second; gone++)
        {
            amounts[gone % Buckets] = 0;
        }

        last = second;
        return second;
    }
}
