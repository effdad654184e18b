using DialogueMesh.Contracts.Dialogues;

namespace DialogueMesh.Scenario.Corpora;

/// <summary>The counts from which <see cref="ActStatistics"/> come.</summary>
internal sealed class ActCounts
{
    private readonly HashSet<string> inventory = new(StringComparer.Ordinal);
    private readonly int[] exchanges = new int[ActStatistics.MostExchanges + 1];
    private readonly int[] openingSlots = new int[4];
    private readonly int[] informedSlots = new int[4];
    private readonly int[] requestedSlots = new int[2];
    private readonly SortedDictionary<string, SortedDictionary<string, int>> transitions = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SortedDictionary<string, (long Sum, int Count)>> ranks = new(StringComparer.Ordinal);

    private int dialogues;
    private int annotatedTurns;
    private Ratio alternatives, corrections, sideQuestions, thanks, confirmed;

    public void Add(SeedDialogue dialogue)
    {
        dialogues++;
        exchanges[Math.Min(dialogue.Turns.Count(t => t.Speaker == Speaker.User), ActStatistics.MostExchanges)]++;
        var turns = dialogue.Turns.Select(t => new TurnActs(t)).ToList();
        if (turns.TrueForAll(t => t.All.Count == 0))
        {
            return;
        }

        if (turns.Find(t => t.IsUser) is { All.Count: > 0 } opening)
        {
            openingSlots[Math.Min(opening.Slots(Acts.Inform), 3)]++;
        }

        TurnActs? before = null;
        foreach (var turn in turns)
        {
            CountTurn(turn, before);
            before = turn;
        }

        CountThanks(turns);
        CountConfirmations(turns);
        CountSlotOrder(dialogue);
    }

    public ActStatistics ToStatistics() => new()
    {
        Dialogues = dialogues,
        AnnotatedTurns = annotatedTurns,
        Exchanges = Smooth(exchanges, ActPriors.Exchanges),
        OpeningSlots = Smooth(openingSlots, ActPriors.OpeningSlots),
        InformedSlots = Smooth(informedSlots, ActPriors.InformedSlots),
        RequestedSlots = Smooth(requestedSlots, ActPriors.RequestedSlots),
        RequestAlternatives = Smooth(alternatives, ActPriors.RequestAlternatives, Acts.RequestAlternatives),
        Correction = Smooth(corrections, ActPriors.Correction, Acts.Negate),
        SideQuestion = Smooth(sideQuestions, ActPriors.SideQuestion, Acts.Request),
        ThanksBeforeGoodbye = Smooth(thanks, ActPriors.ThanksBeforeGoodbye, Acts.ThankYou),
        ConfirmBeforeBooking = Smooth(confirmed, ActPriors.ConfirmBeforeBooking, Acts.Confirm),
        Transitions = transitions.ToDictionary(t => t.Key, t => (IReadOnlyDictionary<string, int>)t.Value, StringComparer.Ordinal),
        SlotOrder = ranks.ToDictionary(
            s => s.Key,
            s => (IReadOnlyDictionary<string, SlotPosition>)s.Value.ToDictionary(
                r => r.Key, r => new SlotPosition((double)r.Value.Sum / r.Value.Count, r.Value.Count), StringComparer.Ordinal),
            StringComparer.Ordinal),
    };

    private void CountTurn(TurnActs turn, TurnActs? before)
    {
        var from = Side(transitions, before?.Set ?? "");
        from[turn.Set] = from.GetValueOrDefault(turn.Set) + 1;
        inventory.UnionWith(turn.All.Select(a => a.Act));
        annotatedTurns += turn.All.Count > 0 ? 1 : 0;
        if (!turn.IsUser)
        {
            CountSlots(requestedSlots, turn.Slots(Acts.Request));
            return;
        }

        CountSlots(informedSlots, turn.Slots(Acts.Inform));
        alternatives.Count(turn.Has(Acts.RequestAlternatives));
        sideQuestions.Count(turn.Has(Acts.Request));
        if (before is { IsUser: false } && before.Has(Acts.Confirm))
        {
            corrections.Count(turn.Has(Acts.Negate));
        }
    }

    private void CountThanks(List<TurnActs> turns)
    {
        var goodbye = turns.FindIndex(t => t.Has(Acts.Goodbye));
        if (goodbye >= 0)
        {
            thanks.Count(turns.FindIndex(t => t.IsUser && t.Has(Acts.ThankYou)) is var at && at >= 0 && at <= goodbye);
        }
    }

    private void CountConfirmations(List<TurnActs> turns)
    {
        var open = new HashSet<string>(StringComparer.Ordinal);
        foreach (var frame in turns.Where(t => !t.IsUser).SelectMany(t => t.Turn.Frames))
        {
            if (frame.Acts.Any(a => a.Act == Acts.NotifySuccess))
            {
                confirmed.Count(open.Remove(frame.Service));
            }

            if (frame.Acts.Any(a => a.Act == Acts.Confirm))
            {
                open.Add(frame.Service);
            }
        }
    }

    /// <summary>Slots of one utterance rank by their place in it, where spans say it.</summary>
    private void CountSlotOrder(SeedDialogue dialogue)
    {
        var given = dialogue.Turns
            .Where(t => t.Speaker == Speaker.User)
            .SelectMany(t => t.Frames)
            .SelectMany(f => f.Acts
                .Where(a => a.Act == Acts.Inform && a.Slot.Length > 0)
                .OrderBy(a => f.Spans.FirstOrDefault(s => s.Slot == a.Slot)?.Start ?? int.MaxValue)
                .Select(a => (f.Service, a.Slot)))
            .Distinct();
        var next = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (service, slot) in given)
        {
            var rank = next.GetValueOrDefault(service);
            next[service] = rank + 1;
            var slots = Side(ranks, service);
            var (sum, count) = slots.GetValueOrDefault(slot);
            slots[slot] = (sum + rank, count + 1);
        }
    }

    private static void CountSlots(int[] counts, int slots)
    {
        if (slots > 0)
        {
            counts[Math.Min(slots, counts.Length) - 1]++;
        }
    }

    private static SortedDictionary<string, T> Side<T>(SortedDictionary<string, SortedDictionary<string, T>> table, string key)
    {
        if (!table.TryGetValue(key, out var row))
        {
            table[key] = row = new SortedDictionary<string, T>(StringComparer.Ordinal);
        }

        return row;
    }

    /// <summary>The mean of a Dirichlet posterior: the prior counts for <see cref="ActStatistics.PriorStrength"/> observations.</summary>
    private static double[] Smooth(int[] counts, IReadOnlyList<double> prior)
    {
        var total = counts.Sum() + ActStatistics.PriorStrength;
        return [.. counts.Select((c, i) => (c + (ActStatistics.PriorStrength * prior[i])) / total)];
    }

    private double Smooth(Ratio ratio, double prior, string act) => inventory.Contains(act)
        ? (ratio.Hits + (ActStatistics.PriorStrength * prior)) / (ratio.Trials + ActStatistics.PriorStrength)
        : prior;

    private struct Ratio
    {
        public int Hits { get; private set; }

        public int Trials { get; private set; }

        public void Count(bool hit)
        {
            Trials++;
            Hits += hit ? 1 : 0;
        }
    }

    /// <summary>The acts of a turn over all its services.</summary>
    private sealed class TurnActs(SeedTurn turn)
    {
        public SeedTurn Turn => turn;

        public bool IsUser => turn.Speaker == Speaker.User;

        public IReadOnlyList<(string Service, string Act, string Slot)> All { get; } =
            [.. turn.Frames.SelectMany(f => f.Acts.Select(a => (f.Service, a.Act, a.Slot)))];

        public string Set => ActStatistics.SetPrefix(turn.Speaker)
            + string.Join('+', All.Select(a => a.Act).Distinct().Order(StringComparer.Ordinal));

        public bool Has(string act) => All.Any(a => a.Act == act);

        /// <summary>How many different slots an act names.</summary>
        public int Slots(string act) => All.Where(a => a.Act == act && a.Slot.Length > 0).Distinct().Count();
    }
}
