namespace DialogueMesh.Scenario.Corpora;

/// <summary>Where users give a slot among those that they give of its service.</summary>
/// <param name="Mean">Mean rank, 0 for the first slot given.</param>
/// <param name="Count">Dialogues in which it is given.</param>
public sealed record SlotPosition(double Mean, int Count);

/// <summary>
/// How people speak in the seed corpus, as numbers that weight an outline's choices. Every probability is in [0, 1] and
/// smoothed: it starts from <see cref="ActPriors"/> as if that had been seen a few times, so a corpus with few annotations or
/// none gives the priors. An act that occurs nowhere in a corpus is taken as not annotated there, not as never done.
/// </summary>
public sealed record ActStatistics
{
    /// <summary>The longest dialogue told apart by <see cref="Exchanges"/>.</summary>
    public const int MostExchanges = 30;

    /// <summary>How many observations a prior counts for.</summary>
    internal const double PriorStrength = 20;

    /// <summary>Dialogues learned from.</summary>
    public required int Dialogues { get; init; }

    /// <summary>Turns with at least one act.</summary>
    public required int AnnotatedTurns { get; init; }

    /// <summary>At index n the probability of n exchanges (user turns), n = 0..<see cref="MostExchanges"/>, the last for more. Sums to 1.</summary>
    public required IReadOnlyList<double> Exchanges { get; init; }

    /// <summary>Probabilities that a user's first utterance gives 0, 1, 2, 3 or more slots. Sums to 1.</summary>
    public required IReadOnlyList<double> OpeningSlots { get; init; }

    /// <summary>Probabilities that a user turn that gives slots gives 1, 2, 3, 4 or more. Sums to 1.</summary>
    public required IReadOnlyList<double> InformedSlots { get; init; }

    /// <summary>Probabilities that a system turn that asks for slots asks for 1, 2 or more. Sums to 1.</summary>
    public required IReadOnlyList<double> RequestedSlots { get; init; }

    /// <summary>Share of user turns with REQUEST_ALTS.</summary>
    public required double RequestAlternatives { get; init; }

    /// <summary>Share of a system's CONFIRMs that the user answers with NEGATE.</summary>
    public required double Correction { get; init; }

    /// <summary>Share of user turns with REQUEST.</summary>
    public required double SideQuestion { get; init; }

    /// <summary>Share of dialogues with a GOODBYE in which the user says THANK_YOU no later than that.</summary>
    public required double ThanksBeforeGoodbye { get; init; }

    /// <summary>Share of bookings (NOTIFY_SUCCESS) that a CONFIRM of the same service precedes, after the booking before.</summary>
    public required double ConfirmBeforeBooking { get; init; }

    /// <summary>
    /// How often a turn's set of acts follows the set of the turn before: set → next set → count. A set is its acts in ordinal
    /// order joined by '+', with the speaker in front ("USER INFORM+INFORM_INTENT"); "" stands before the first turn.
    /// </summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Transitions { get; init; }

    /// <summary>Service → slot → where users give it.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, SlotPosition>> SlotOrder { get; init; }

    /// <summary>What is known without a corpus.</summary>
    public static ActStatistics Prior { get; } = new ActCounts().ToStatistics();

    public static ActStatistics Learn(SeedCorpus corpus)
    {
        var counts = new ActCounts();
        foreach (var dialogue in corpus.Dialogues)
        {
            counts.Add(dialogue);
        }

        return counts.ToStatistics();
    }

    /// <summary>
    /// The probability that a turn has <paramref name="next"/> when the turn before, by <paramref name="previous"/>, had
    /// <paramref name="act"/>; 0 where the corpus has no such turn before.
    /// </summary>
    public double ChanceAfter(Speaker previous, string act, string next)
    {
        long before = 0;
        long followed = 0;
        foreach (var (set, followers) in Transitions)
        {
            if (set.StartsWith(SetPrefix(previous), StringComparison.Ordinal) && Has(set, act))
            {
                before += followers.Values.Sum();
                followed += followers.Where(f => Has(f.Key, next)).Sum(f => f.Value);
            }
        }

        return before == 0 ? 0 : (double)followed / before;
    }

    internal static string SetPrefix(Speaker speaker) => speaker == Speaker.User ? "USER " : "SYSTEM ";

    private static bool Has(string set, string act)
    {
        var acts = set.AsSpan(set.IndexOf(' ', StringComparison.Ordinal) + 1);
        foreach (var range in acts.Split('+'))
        {
            if (acts[range].SequenceEqual(act))
            {
                return true;
            }
        }

        return false;
    }
}
