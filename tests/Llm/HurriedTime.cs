using System.Collections.Concurrent;

namespace DialogueMesh.Tests.Llm;

/// <summary>A clock on which every wait but the call timeout is over at once, as if it had passed; it keeps what was asked for.</summary>
internal sealed class HurriedTime(DateTimeOffset start, TimeSpan callTimeout) : TimeProvider
{
    private long passed;

    public ConcurrentQueue<TimeSpan> Waits { get; } = new();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref passed);

    public override DateTimeOffset GetUtcNow() => start + TimeSpan.FromTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == callTimeout || dueTime == Timeout.InfiniteTimeSpan)
        {
            return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
        }

        Waits.Enqueue(dueTime);
        Interlocked.Add(ref passed, dueTime.Ticks);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
