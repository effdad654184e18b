namespace DialogueMesh.Cli.Display;

/// <summary>Events per second over the last seconds. Not thread-safe.</summary>
internal sealed class RateWindow(TimeProvider time, TimeSpan length)
{
    private readonly Queue<long> events = new();
    private readonly long started = time.GetTimestamp();

    public void Count() => events.Enqueue(time.GetTimestamp());

    /// <summary>0 where nothing happened in the window.</summary>
    public double PerSecond()
    {
        while (events.TryPeek(out var oldest) && time.GetElapsedTime(oldest) > length)
        {
            events.Dequeue();
        }

        var span = time.GetElapsedTime(started);
        var seconds = (span < length ? span : length).TotalSeconds;
        return seconds > 0 ? events.Count / seconds : 0;
    }
}
