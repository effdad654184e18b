namespace DialogueMesh.Llm.Throttling;

/// <summary>
/// When calls may be sent again after 429s. A burst of them begins with the first and ends when the server takes a call sent
/// after that. Times are since any fixed moment. Not thread-safe.
/// </summary>
/// <param name="pause">Where the server does not say how long to wait; doubles while it goes on turning calls away.</param>
internal sealed class Hold(TimeSpan pause)
{
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private TimeSpan began = TimeSpan.MinValue;
    private TimeSpan next;
    private bool inBurst;

    public TimeSpan Until { get; private set; }

    /// <summary>How long every call has been turned away.</summary>
    public TimeSpan Lasting(TimeSpan now) => inBurst ? now - began : TimeSpan.Zero;

    /// <summary>True where a burst begins.</summary>
    public bool TurnedAway(TimeSpan sentAt, TimeSpan? retryAfter, TimeSpan now)
    {
        // A late answer to a call of an earlier burst begins no new one.
        var begins = !inBurst && sentAt >= began;
        if (begins)
        {
            (inBurst, began, next) = (true, now, pause);
        }
        else if (inBurst && sentAt >= began && sentAt >= Until)
        {
            next = next * 2 < LongestPause ? next * 2 : LongestPause;
        }

        var until = now + (retryAfter ?? next);
        Until = until > Until ? until : Until;
        return begins;
    }

    public void Taken(TimeSpan sentAt) => inBurst = inBurst && sentAt < began;
}
