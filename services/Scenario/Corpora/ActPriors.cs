namespace DialogueMesh.Scenario.Corpora;

/// <summary>
/// What to expect of a corpus that does not say. Lengths are near MultiWOZ 2.2's mean of 6.73 exchanges; shares are those of
/// 1,663 dialogues of Schema-Guided Dialogue (train and dev), rounded; there, every booking is confirmed first.
/// </summary>
internal static class ActPriors
{
    public const double RequestAlternatives = 0.06;
    public const double Correction = 0.2;
    public const double SideQuestion = 0.15;
    public const double ThanksBeforeGoodbye = 0.85;
    public const double ConfirmBeforeBooking = 0.95;

    private const double MeanExchanges = 6.73;
    private const double SpreadOfExchanges = 2.8;

    public static IReadOnlyList<double> OpeningSlots { get; } = [0.5, 0.3, 0.15, 0.05];

    public static IReadOnlyList<double> InformedSlots { get; } = [0.6, 0.29, 0.1, 0.01];

    public static IReadOnlyList<double> RequestedSlots { get; } = [0.7, 0.3];

    /// <summary>A bell around the mean, without dialogues of no exchange.</summary>
    public static IReadOnlyList<double> Exchanges { get; } = Bell();

    private static double[] Bell()
    {
        var weights = Enumerable.Range(0, ActStatistics.MostExchanges + 1)
            .Select(n => n == 0 ? 0 : Math.Exp(-Math.Pow((n - MeanExchanges) / SpreadOfExchanges, 2) / 2))
            .ToArray();
        var sum = weights.Sum();
        return [.. weights.Select(w => w / sum)];
    }
}
