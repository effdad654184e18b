namespace DialogueMesh.Llm.Budgets;

/// <summary>
/// Foresees what a call will use from what the calls before it used. Books two standard deviations of the sum over the calls
/// in flight on top of the mean, so that few calls are foreseen with caution and many, whose errors cancel out, without waste.
/// Thread-safe.
/// </summary>
internal sealed class TokenEstimator
{
    /// <summary>Weight of the newest call in the moving figures.</summary>
    private const double Newest = 1.0 / 32;

    /// <summary>Before the first answer: one token for three characters, and an answer of this many.</summary>
    private const double FirstRatio = 1.0 / 3;
    private const double FirstOutput = 1500;

    private readonly Lock access = new();
    private double ratio = FirstRatio;
    private double output = FirstOutput;
    private double variance;
    private bool any;

    /// <param name="characters">Of the prompt.</param>
    /// <param name="inFlight">Calls whose use is not known yet, this one left out.</param>
    public TokenCount Of(int characters, int inFlight)
    {
        lock (access)
        {
            return new TokenCount(
                (long)Math.Ceiling(characters * ratio),
                (long)Math.Ceiling(output + (2 * Math.Sqrt(variance / (inFlight + 1)))));
        }
    }

    public void Observe(int characters, TokenCount used)
    {
        if (characters <= 0 || used.Total <= 0)
        {
            return;
        }

        lock (access)
        {
            var weight = any ? Newest : 1;
            var surprise = used.Output - output;
            variance = any ? (1 - weight) * (variance + (weight * surprise * surprise)) : 0;
            output += weight * surprise;
            ratio += weight * (((double)used.Input / characters) - ratio);
            any = true;
        }
    }
}
