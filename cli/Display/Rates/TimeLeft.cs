namespace DialogueMesh.Cli.Display.Rates;

/// <summary>When a run will end, and between what the end will lie nine times of ten.</summary>
/// <param name="Earliest">Null where nothing is known of how even the pace is.</param>
/// <param name="Latest">Null also where no end can be promised.</param>
internal sealed record TimeLeft(TimeSpan Expected, TimeSpan? Earliest, TimeSpan? Latest)
{
    public static readonly TimeLeft None = new(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);

    // Of the normal distribution, 5 % on each side.
    private const double NineOfTen = 1.645;

    /// <summary>The rate is known as well as the events it was counted from, and what is left comes no more evenly.</summary>
    /// <param name="events">Left.</param>
    /// <param name="rate">Events per second, above 0.</param>
    /// <param name="counted">Events that the rate was counted from, above 0.</param>
    /// <param name="dispersion">As <see cref="RateWindow.Dispersion"/>.</param>
    public static TimeLeft Of(int events, double rate, double counted, double dispersion)
    {
        var seconds = events / rate;
        var error = NineOfTen * Math.Sqrt(dispersion * ((1 / counted) + (1.0 / events)));
        return new TimeLeft(
            TimeSpan.FromSeconds(seconds),
            TimeSpan.FromSeconds(seconds / (1 + error)),
            error < 0.9 ? TimeSpan.FromSeconds(seconds / (1 - error)) : null);
    }
}
