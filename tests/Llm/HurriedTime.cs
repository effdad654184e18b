using System.Collections.Concurrent;

namespace DialogueMesh.Tests.Llm;

/// <summary>A clock on which every wait but the call timeout is over at once; it keeps what was asked for.</summary>
internal sealed class HurriedTime(DateTimeOffset now, TimeSpan callTimeout) : TimeProvider
{
    public ConcurrentQueue<TimeSpan> Waits { get; } = new();

    public override DateTimeOffset GetUtcNow() => now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == callTimeout)
        {
            return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
        }

        Waits.Enqueue(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
