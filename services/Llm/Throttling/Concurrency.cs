namespace DialogueMesh.Llm.Throttling;

/// <summary>
/// How many calls may be in flight at once: few until the server has told its limits or, where it does not, twice as many with
/// each round trip until it first turns a call away. Each burst of 429s cuts it once, to three quarters of what was in flight;
/// it recovers by one for every so many calls that the server takes. Not thread-safe.
/// </summary>
internal sealed class Concurrency(int most)
{
    public const int First = 8;

    /// <summary>Calls taken before the limit is raised by one, once it was cut.</summary>
    public const int SuccessWindow = 10;

    private const double Cut = 0.75;

    private bool wasCut;
    private int successes;

    public int Limit { get; private set; } = Math.Min(First, most);

    public void Taken()
    {
        if (Limit < most && (!wasCut || ++successes >= SuccessWindow))
        {
            Limit++;
            successes = 0;
        }
    }

    /// <summary>The server's limits are known: keeping to them takes no feeling out.</summary>
    public void Open() => Limit = wasCut ? Limit : most;

    /// <summary>A burst of 429s has begun with so many calls in flight, the first one turned away included.</summary>
    public void TurnedAway(int inFlight)
    {
        Limit = Math.Max(1, (int)(Math.Min(Limit, inFlight) * Cut));
        (wasCut, successes) = (true, 0);
    }
}
