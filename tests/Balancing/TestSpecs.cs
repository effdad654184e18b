using DialogueMesh.Contracts.Messages;
using DialogueMesh.Contracts.Runs;
using FsCheck;
using FsCheck.Fluent;

namespace DialogueMesh.Tests.Balancing;

/// <summary>Specs that are like those of the ontology, and random ones.</summary>
internal static class TestSpecs
{
    public static readonly string[] Services = ["attraction", "bus", "hospital", "hotel", "police", "restaurant", "taxi", "train"];

    public static RunSpec Default(long seed = 1) => Of(seed, new()
    {
        Combinations = Combinations(Services),
        Categories = Services.Select((service, i) => (service, Count: 6 + (i % 5))).Append(("general", 8)).ToDictionary(
            pair => pair.Item1, pair => Values("category", pair.Item2)),
        Regions = Values("region", 13),
        TimeSlots = Values("slot", 5),
        Resolutions = [new("Resolved", 0.6), new("Failed", 0.25), new("Escalated", 0.15)],
        UserEmotions = Values("emotion", 14),
        AssistantEmotions = Values("tone", 7),
    });

    public static RunSpec Of(long seed, PlanDimensions dimensions) => new()
    {
        InitialTotal = 100,
        Seed = seed,
        Dimensions = dimensions,
        Model = "model",
        Endpoint = "simulator",
        PromptVersion = "1",
        SimilarityThreshold = 0.9,
        Encoder = new("encoder", 4, ""),
        Sources = new("", "", ""),
    };

    /// <summary>What filters and other ontologies can leave of a spec, single values included.</summary>
    public static Gen<RunSpec> Any() =>
        from seed in Gen.Choose(0, int.MaxValue)
        from services in Gen.NonEmptyListOf(Gen.Elements(Services)).Select(list => list.Distinct().Order().ToArray())
        from kept in Gen.Choose(1, 60)
        from weights in Gen.ArrayOf(Gen.Choose(1, 100), 255)
        from categories in Gen.ArrayOf(Gen.Choose(1, 12), 9)
        from general in Gen.Elements(0, 0, 1, 8)
        from generalShare in Gen.Elements(0, 0.12, 0.5, 1)
        from sizes in Gen.ArrayOf(Gen.Choose(1, 14), 6)
        from turns in Gen.ArrayOf(Gen.Choose(1, 9), 4)
        select Of(seed, new()
        {
            Combinations = [.. Combinations(services).Take(kept).Select((c, i) => c with { Weight = weights[i] })],
            Categories = services.Select((service, i) => (service, categories[i])).Append(("general", general))
                .Where(pair => pair.Item2 > 0).ToDictionary(pair => pair.Item1, pair => Values("category", pair.Item2)),
            GeneralShare = generalShare,
            Regions = Values("region", sizes[0]),
            TimeSlots = Values("slot", sizes[1]),
            Resolutions = [.. Values("resolution", sizes[2]).Select((value, i) => new Share(value, weights[i]))],
            UserEmotions = Values("emotion", sizes[3]),
            AssistantEmotions = Values("tone", sizes[4]),
        }) with
        {
            MinTurns = new(turns[0], turns[0] + turns[1]),
            MaxTurns = new(turns[2], Math.Max(turns[2], turns[0] + turns[1]) + turns[3]),
        };

    public static StartRun Start(RunSpec spec, int total, int parallel = 8, long candidates = 1_000_000, decimal? cost = null) =>
        new()
        {
            RunId = "run",
            Spec = spec,
            Total = total,
            Limits = new() { MaxParallel = parallel, MaxCandidates = candidates, MaxCost = cost, CandidateCost = SimulatedMesh.CandidateCost, BatchSize = 100 },
        };

    public static RunOpened Opened(int total) => new()
    {
        RunId = "run",
        Totals = [total],
        Accepted = [],
        NextAttempts = new Dictionary<int, int>(),
        Pending = [],
        Candidates = 0,
        Usage = default,
    };

    private static IReadOnlyList<string> Values(string name, int count) =>
        [.. Enumerable.Range(1, count).Select(i => $"{name} {i}")];

    /// <summary>All sets of one to four services, as few as 60 for eight services, each with a weight of its own.</summary>
    private static List<ServiceCombination> Combinations(string[] services) =>
    [
        .. Enumerable.Range(1, (1 << services.Length) - 1)
            .Select(mask => services.Where((_, i) => (mask >> i & 1) == 1).ToList())
            .Where(set => set.Count <= 4)
            .Where((_, i) => services.Length < 8 || i % 8 < 3 || (i & (i - 1)) == 0)
            .Select((set, i) => new ServiceCombination(set, 1 + (i * 7 % 5))),
    ];
}
