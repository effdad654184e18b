using System.Text;
using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Contracts.Randomness;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Dedup.Fingerprints;

namespace DialogueMesh.Tests.Dataset;

/// <summary>
/// What the model would answer for each ordinal and attempt, as a function of a seed: some answers are turned down before the
/// gate, some are copies, some near-copies. From attempt 6 on every answer is a dialogue of its own.
/// </summary>
internal sealed class World(int seed, double copies = 0.35, double refusals = 0.2)
{
    public const int Dimension = 16;
    public const double Threshold = 0.98;

    private const int LastTrouble = 5;

    public static RunLimits Limits { get; } = new() { MaxParallel = 4, MaxCandidates = 10_000, BatchSize = 5 };

    public static RunSpec Spec(int total, long seed = 1) => new()
    {
        InitialTotal = total,
        Seed = seed,
        Dimensions = new PlanDimensions
        {
            Combinations = [new ServiceCombination(["taxi"], 1)],
            Categories = new Dictionary<string, IReadOnlyList<string>> { ["taxi"] = ["ride_booking"] },
            Regions = ["Tokyo"],
            TimeSlots = ["Evening"],
            Resolutions = [new Share(Resolutions.Resolved, 1)],
            UserEmotions = ["Happy"],
            AssistantEmotions = ["Precise"],
        },
        Model = "m",
        Endpoint = "simulator",
        PromptVersion = "1",
        SimilarityThreshold = Threshold,
        Encoder = new EncoderId("test", Dimension, "0"),
        Sources = new SourceHashes("a", "b", "c"),
    };

    public static OpenRun Open(int initialTotal, int? total = null, long seed = 1)
    {
        var spec = Spec(initialTotal, seed);
        return new OpenRun { RunId = RunSpecId.Of(spec), Spec = spec, Limits = Limits, Total = total ?? initialTotal };
    }

    /// <summary>Where the answer is turned down before the gate; null where it is not.</summary>
    public Stage? TurnedDownBy(int ordinal, int attempt)
    {
        var random = new SeededRandom(seed, "fate", ordinal, attempt);
        return attempt > LastTrouble || !random.Chance(refusals) ? null : random.Chance(0.5) ? Stage.Generation : Stage.Moderation;
    }

    /// <summary>What the dialogue is about: dialogues of one topic are copies or near-copies of each other.</summary>
    public (int Topic, int Variant) Content(int ordinal, int attempt)
    {
        var random = new SeededRandom(seed, "content", ordinal, attempt);
        return attempt > LastTrouble || !random.Chance(copies) ? (1000 + (ordinal * 100) + attempt, 0) : (random.Next(4), random.Next(3));
    }

    public string Hash(int ordinal, int attempt) => Fingerprint.Of(Content(ordinal, attempt).ToString());

    public float[] Vector(int ordinal, int attempt)
    {
        var (topic, variant) = Content(ordinal, attempt);
        var random = new SeededRandom("topic", topic);
        var numbers = Enumerable.Range(0, Dimension).Select(_ => random.NextDouble() - 0.5).ToArray();
        numbers[variant] += 0.01;
        var norm = Math.Sqrt(numbers.Sum(x => x * x));
        return [.. numbers.Select(x => (float)(x / norm))];
    }

    public Dialogue Dialogue(string runId, int ordinal, int attempt)
    {
        var (topic, variant) = Content(ordinal, attempt);
        return new()
        {
            Services = ordinal % 2 == 0 ? ["taxi"] : ["taxi", "hotel"],
            DialogueId = DialogueName.Of(runId, ordinal),
            Turns =
            [
                new Turn
                {
                    TurnNumber = 1,
                    Utterance = $"Topic {Spoken(topic)} é🙂",
                    Intent = "ask",
                    AssistantResponse = $"Variant {variant}.",
                    Emotion = "Happy",
                    AssistantEmotion = "Precise",
                },
            ],
            NumLines = 1,
            UserEmotions = ["Happy"],
            AssistantEmotions = ["Precise"],
            ScenarioCategory = "taxi.ride_booking",
            GeneratedScenario = "s",
            TimeSlot = "Evening",
            Regions = ["Tokyo"],
            ResolutionStatus = Resolutions.Resolved,
            Persona = new Persona { Id = "p", Description = "d" },
            Provenance = new Provenance
            {
                Run = runId,
                Ordinal = ordinal,
                Attempt = attempt,
                SeedDialogue = "x",
                PersonaId = "p",
                Mode = "outline",
                Annotations = "aligned",
                Model = "m",
                Endpoint = "simulator",
                Temperature = 0.7,
                TopP = 1,
                FrequencyPenalty = 0,
                PresencePenalty = 0,
                PromptVersion = "1",
                RequestHash = "h",
                PromptTokens = 10,
                CompletionTokens = 5,
                Cost = 0.0010m,
            },
        };
    }

    // Words that the built-in encoder tells apart.
    private static string Spoken(int topic)
    {
        var random = new SeededRandom("words", topic);
        var text = new StringBuilder();
        for (var i = 0; i < 12; i++)
        {
            text.Append(string.Concat(Enumerable.Range(0, 6).Select(_ => (char)('a' + random.Next(26))))).Append(' ');
        }

        return text.ToString();
    }
}
