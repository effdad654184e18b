using DialogueMesh.Contracts.Randomness;

namespace DialogueMesh.Simulator.Faults;

/// <summary>Which share of calls meets which fault.</summary>
internal sealed class FaultShares
{
    private readonly IReadOnlyList<Fault> kinds;
    private readonly double[] shares;

    private FaultShares(IReadOnlyList<Fault> kinds, double[] shares) => (this.kinds, this.shares, Total) = (kinds, shares, shares.Sum());

    public static IReadOnlyList<Fault> Kinds { get; } = [.. Enum.GetValues<Fault>().Where(fault => fault != Fault.None)];

    /// <summary>Those that can befall any call.</summary>
    public static IReadOnlyList<Fault> Deliveries { get; } = [.. Kinds.Where(fault => !Spoils(fault))];

    public static string Advice { get; } = $"give one of {string.Join(", ", Kinds)} a share in 0..1";

    public double Total { get; }

    /// <summary>Whether an answer arrives that cost its tokens and is of no use.</summary>
    public static bool Spoils(Fault fault) => fault >= Fault.WrongSchema;

    public static bool IsKind(string name) => Kinds.Any(kind => kind.ToString().Equals(name, StringComparison.OrdinalIgnoreCase));

    public static FaultShares Of(SimulatorOptions options, IReadOnlyList<Fault> kinds) =>
        new(kinds, [.. kinds.Select(kind => options.Faults.GetValueOrDefault(kind) + (options.FaultShare / kinds.Count))]);

    /// <summary>What is wrong with the options' shares, or null.</summary>
    public static string? Problem(SimulatorOptions options)
    {
        foreach (var (kind, share) in options.Faults)
        {
            if (!Kinds.Contains(kind) || share is not (>= 0 and <= 1))
            {
                return FormattableString.Invariant($"{kind} is {share}; {Advice}");
            }
        }

        var total = options.FaultShare + options.Faults.Values.Sum();
        return total <= 1 ? null : FormattableString.Invariant($"the shares sum to {total}; with {nameof(options.FaultShare)} they must not exceed 1");
    }

    public Fault Pick(SeededRandom random) => kinds[random.PickWeighted(shares)];
}
