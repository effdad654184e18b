using System.Collections.Concurrent;
using DialogueMesh.Contracts.Randomness;
using DialogueMesh.Simulator.Latencies;

namespace DialogueMesh.Simulator.Faults;

/// <summary>How a call is treated.</summary>
internal readonly record struct Treatment(Fault Fault, TimeSpan Delay);

/// <summary>
/// Draws each call's delay and fault from the request's hash and how often it was seen. No request meets more than two
/// faults in a row, nor more than one that spoils the answer itself: whoever asks again gets it.
/// </summary>
internal sealed class FaultPlan(SimulatorOptions options)
{
    private const int MaxInARow = 2;

    private readonly ConcurrentDictionary<string, Seen> seen = new();
    private readonly LatencyOptions latency = options.AnswerTime;
    private readonly FaultShares chats = FaultShares.Of(options, FaultShares.Kinds);
    private readonly FaultShares others = FaultShares.Of(options, FaultShares.Deliveries);

    /// <param name="chat">Whether a model answers it, so that the answer can be spoiled.</param>
    public Treatment Next(string hash, bool chat)
    {
        var shares = chat ? chats : others;
        if (shares.Total == 0 && latency.Shape == LatencyShape.None)
        {
            return default;
        }

        return seen.AddOrUpdate(hash, _ => Draw(hash, default, shares), (_, before) => Draw(hash, before, shares)).Treatment;
    }

    private Seen Draw(string hash, Seen before, FaultShares shares)
    {
        var random = new SeededRandom(hash, "treatment", before.Times);
        var delay = Latency.Draw(latency, random);
        var fault = random.Chance(shares.Total) && before.InARow < MaxInARow ? shares.Pick(random) : Fault.None;
        if (before.Spoiled && FaultShares.Spoils(fault))
        {
            fault = others.Total > 0 ? others.Pick(random) : Fault.None;
        }

        var treatment = new Treatment(fault, delay);
        return fault == Fault.None
            ? new Seen(before.Times + 1, 0, false, treatment)
            : new Seen(before.Times + 1, before.InARow + 1, before.Spoiled || FaultShares.Spoils(fault), treatment);
    }

    private readonly record struct Seen(int Times, int InARow, bool Spoiled, Treatment Treatment);
}
