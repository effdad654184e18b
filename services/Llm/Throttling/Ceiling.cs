using DialogueMesh.Llm.Budgets;

namespace DialogueMesh.Llm.Throttling;

/// <summary>
/// The requests a minute that 429s show to be the server's limit where it does not tell: as many as it took in the 60 s before
/// it turned a call away. Kept for a while, then felt upwards, the more rarely the more often the same limit is found.
/// Times are since any fixed moment and never go back. Not thread-safe.
/// </summary>
internal sealed class Ceiling
{
    public static readonly TimeSpan FirstStay = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan LongestStay = TimeSpan.FromMinutes(16);

    private static readonly TimeSpan BetweenProbes = TimeSpan.FromSeconds(2);

    // A limit found again within this share is the same one.
    private const double Same = 0.05;

    private readonly SlidingWindow window = new(RateWindow.Length);
    private readonly Pace pace = new();
    private TimeSpan? firstCall;
    private TimeSpan stay = FirstStay;
    private TimeSpan feelFrom;
    private TimeSpan nextProbe;
    private long lastFound;

    // Counted over a whole minute; less is only what a first burst came to, or what the server takes at once.
    private bool whole;

    /// <summary>Null before the first 429.</summary>
    public long? Found { get; private set; }

    private RateLimits Limits => new() { Requests = Found };

    /// <summary>Zero where a call may be sent now. A full window lets one call through now and then, to see whether it is taken.</summary>
    public TimeSpan WaitFor(TimeSpan now)
    {
        if (Found is null)
        {
            return TimeSpan.Zero;
        }

        var room = window.WaitFor(default, Limits, now);
        if (room > TimeSpan.Zero)
        {
            if (now >= nextProbe)
            {
                Found++;
                nextProbe = now + BetweenProbes;
                return TimeSpan.Zero;
            }

            room = room < nextProbe - now ? room : nextProbe - now;
        }

        var turn = whole ? pace.WaitFor(now) : TimeSpan.Zero;
        return room > turn ? room : turn;
    }

    /// <summary>Names the call for <see cref="TurnedAway"/>.</summary>
    public long Sent(TimeSpan now)
    {
        firstCall ??= now;
        pace.Spend(default, Limits, now);
        return window.Add(default, now);
    }

    /// <summary>The server took a call.</summary>
    public void Taken(TimeSpan sentAt)
    {
        if (Found is not null && sentAt >= feelFrom)
        {
            // Each call lets one more follow, or two where little is known: that is exponential in round trips.
            Found += whole ? 1 : 2;
        }
    }

    /// <param name="call">As <see cref="Sent"/> named it.</param>
    /// <param name="newBurst">Whether the call is the first of a burst that is turned away.</param>
    /// <param name="heldUntil">When calls are sent again.</param>
    public void TurnedAway(long call, bool newBurst, TimeSpan heldUntil, TimeSpan now)
    {
        window.Change(call, 0, default);
        if (newBurst)
        {
            Find(Math.Max(1, window.Requests(RateWindow.Minute, now)), now);
            feelFrom = whole ? now + stay : heldUntil;
        }
        else if (Found > 1)
        {
            // It was counted when the burst began, or let through to see.
            Found--;
        }

        feelFrom = nextProbe = feelFrom > heldUntil ? feelFrom : heldUntil;
    }

    private void Find(long count, TimeSpan now)
    {
        // Where fewer were taken than before, something else than a limit a minute may have turned the call away.
        Found = whole && count < Found ? (count + Found.Value) / 2 : count;
        whole = now - firstCall >= RateWindow.Minute;
        var again = whole && Math.Abs(Found.Value - lastFound) <= Same * lastFound;
        stay = !again ? FirstStay : stay * 2 < LongestStay ? stay * 2 : LongestStay;
        lastFound = Found.Value;
    }
}
