namespace DialogueMesh.Llm.Budgets;

/// <summary>Over how long calls are counted.</summary>
internal static class RateWindow
{
    /// <summary>What servers count over.</summary>
    public static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>
    /// A call reaches the server some time after it is booked: sockets are opened, keys exchanged, packets sent again. Calls
    /// booked 60 s + Slack apart arrive at least 60 s apart as long as no two take times that differ by more than Slack. It
    /// costs Slack / (60 s + Slack) = 2.4 % of the limit.
    /// </summary>
    public static readonly TimeSpan Slack = TimeSpan.FromSeconds(1.5);

    public static readonly TimeSpan Length = Minute + Slack;
}
