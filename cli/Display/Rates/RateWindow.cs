namespace DialogueMesh.Cli.Display.Rates;

/// <summary>Events per second over the last seconds. Not thread-safe.</summary>
internal sealed class RateWindow(TimeProvider time, TimeSpan length)
{
    private readonly Queue<long> events = new();
    private readonly long started = time.GetTimestamp();

    private double Seconds => Math.Min(time.GetElapsedTime(started).TotalSeconds, length.TotalSeconds);

    public void Count() => events.Enqueue(time.GetTimestamp());

    /// <summary>0 where nothing happened in the window.</summary>
    public double PerSecond()
    {
        Forget();
        return Seconds > 0 ? events.Count / Seconds : 0;
    }

    /// <summary>
    /// The variance of the events of a second over their mean: 1 where they come by chance alone, more where they come in
    /// bursts. Never below 1, since a few even seconds promise nothing.
    /// </summary>
    public double Dispersion()
    {
        Forget();
        var counts = new int[Math.Max((int)Seconds, 1)];
        foreach (var each in events)
        {
            counts[Math.Min((int)time.GetElapsedTime(each).TotalSeconds, counts.Length - 1)]++;
        }

        var mean = counts.Average();
        return counts.Length > 1 && mean > 0 ? Math.Max(1, counts.Sum(count => Math.Pow(count - mean, 2)) / (counts.Length - 1) / mean) : 1;
    }

    private void Forget()
    {
        while (events.TryPeek(out var oldest) && time.GetElapsedTime(oldest) > length)
        {
            events.Dequeue();
        }
    }
}
