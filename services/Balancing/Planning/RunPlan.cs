using DialogueMesh.Contracts.Randomness;
using DialogueMesh.Contracts.Runs;

namespace DialogueMesh.Balancing.Planning;

/// <summary>
/// The cells of a run, a pure function of its spec and totals. Every dimension's values occur within ±1 of their target
/// share; dimensions that are not linked are shuffled apart, each by a stream of its own.
/// </summary>
public sealed class RunPlan
{
    private readonly long seed;
    private readonly bool sendsSeed;
    private readonly Column<Topic> topics;
    private readonly Column<string> regions;
    private readonly Column<string> timeSlots;
    private readonly Column<string> resolutions;
    private readonly Column<string> userEmotions;
    private readonly Column<string> assistantEmotions;
    private readonly Column<IntRange> turns;
    private readonly Column<PersonaGrouping> personas;
    private readonly Column<double?> temperatures;
    private readonly Column<double?> topPs;
    private readonly Column<double?> frequencyPenalties;
    private readonly Column<double?> presencePenalties;

    private RunPlan(RunSpec spec, IReadOnlyList<int> totals)
    {
        var dimensions = spec.Dimensions;
        Column<T> Fill<T>(QuotaTable<T> table)
            where T : notnull => new(table.Values, QuotaColumn.Fill(table.Table, spec.Seed, totals));
        Column<T> Even<T>(string name, IReadOnlyList<T> values)
            where T : notnull => Fill(QuotaTable<T>.Flat(name, values.Select(value => (value, 1.0))));
        Column<double?> Sent(string name, IReadOnlyList<double> values) => values.Count == 0
            ? new([null], new int[totals[^1]])
            : new([.. values.Select(value => (double?)value)], Even(name, values).Indices);

        (seed, sendsSeed) = (spec.Seed, !spec.OmitsSeed);
        Count = totals[^1];
        topics = Fill(PlanTables.Topics(dimensions));
        turns = Fill(PlanTables.Turns(spec));
        resolutions = Fill(QuotaTable<string>.Flat("resolution", dimensions.Resolutions.Select(r => (r.Value, r.Weight))));
        regions = Even("region", dimensions.Regions);
        timeSlots = Even("time_slot", dimensions.TimeSlots);
        userEmotions = Even("user_emotion", dimensions.UserEmotions);
        assistantEmotions = Even("assistant_emotion", dimensions.AssistantEmotions);
        personas = Even<PersonaGrouping>("persona", [PersonaGrouping.Cluster, PersonaGrouping.SummaryLabel]);
        temperatures = Sent("temperature", spec.Temperature);
        topPs = Sent("top_p", spec.TopP);
        frequencyPenalties = Sent("frequency_penalty", spec.FrequencyPenalty);
        presencePenalties = Sent("presence_penalty", spec.PresencePenalty);
    }

    public int Count { get; }

    /// <param name="spec">What decides the cells.</param>
    /// <param name="totals">
    /// Strictly ascending: the initial total, then one per extension. An extension leaves earlier cells as they are; its own
    /// fill what the larger total's targets leave open.
    /// </param>
    public static RunPlan Create(RunSpec spec, IReadOnlyList<int> totals)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(totals);
        if (totals.Count == 0 || totals[0] < 0 || totals.Zip(totals.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            throw new ArgumentException("Totals must be given, not negative, and strictly ascending.", nameof(totals));
        }

        return new(spec, totals);
    }

    public Cell Cell(int ordinal)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ordinal);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(ordinal, Count);
        var draws = new SeededRandom(seed, "plan", "draws", ordinal);
        return new()
        {
            Ordinal = ordinal,
            Services = topics[ordinal].Services,
            Category = topics[ordinal].Category,
            Region = regions[ordinal],
            TimeSlot = timeSlots[ordinal],
            Resolution = resolutions[ordinal],
            UserEmotion = userEmotions[ordinal],
            AssistantEmotion = assistantEmotions[ordinal],
            Persona = new(personas[ordinal], draws.NextUInt64()),
            SeedDialogue = draws.NextUInt64(),
            Turns = turns[ordinal],
            Sampling = new(
                temperatures[ordinal], topPs[ordinal], frequencyPenalties[ordinal], presencePenalties[ordinal])
            {
                SendsSeed = sendsSeed,
            },
        };
    }

    private readonly record struct Column<T>(IReadOnlyList<T> Values, int[] Indices)
    {
        public T this[int ordinal] => Values[Indices[ordinal]];
    }
}
