namespace DialogueMesh.Tests.Llm.Throttling;

/// <summary>
/// Runs asynchronous code on one thread and a clock of its own, which jumps to the next timer whenever nothing is left to do:
/// hours pass in moments, the same each time. Nothing in it may leave the thread.
/// </summary>
internal sealed class VirtualTime : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private readonly Queue<Action> ready = new();
    private readonly PriorityQueue<VirtualTimer, (TimeSpan Due, long Order)> timers = new();
    private long order;

    public TimeSpan Passed { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Passed.Ticks;

    public override DateTimeOffset GetUtcNow() => Start + Passed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Runs the code to its end.</summary>
    public void Run(Func<Task> code)
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new Loop(ready));
        try
        {
            var task = code();
            while (!task.IsCompleted)
            {
                if (ready.TryDequeue(out var action))
                {
                    action();
                }
                else if (timers.TryDequeue(out var timer, out var at))
                {
                    timer.FireAt(at.Due);
                }
                else
                {
                    throw new InvalidOperationException("Everything waits for something that never comes.");
                }
            }

            task.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    private sealed class Loop(Queue<Action> ready) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => ready.Enqueue(() => d(state));

        public override SynchronizationContext CreateCopy() => this;
    }

    private sealed class VirtualTimer(VirtualTime time, Action callback) : ITimer
    {
        private TimeSpan? due;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            due = dueTime == Timeout.InfiniteTimeSpan ? null : time.Passed + dueTime;
            if (due is { } at)
            {
                time.timers.Enqueue(this, (at, time.order++));
            }

            return true;
        }

        public void FireAt(TimeSpan at)
        {
            if (due == at)
            {
                (time.Passed, due) = (at > time.Passed ? at : time.Passed, null);
                callback();
            }
        }

        public void Dispose() => due = null;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
