namespace DialogueMesh.Scenario.Corpora;

/// <summary>An act of MultiWOZ as annotated: "Restaurant-Inform" with its slots and values.</summary>
internal sealed record MultiWozAct(string Name, string Slot, string Value);

/// <summary>
/// The dialogue acts of MultiWOZ 2.2, which stand apart from the dialogues in dialog_acts.json (dialogue → turn → act →
/// [slot, value] pairs), or in each turn of the Hugging Face export.
/// </summary>
internal sealed class MultiWozActs
{
    private readonly Dictionary<string, Dictionary<string, MultiWozAct[]>> byDialogue = new(StringComparer.Ordinal);

    public static MultiWozActs None { get; } = new();

    public void Add(JsonField dialogues)
    {
        foreach (var (dialogue, turns) in dialogues.Members())
        {
            var byTurn = new Dictionary<string, MultiWozAct[]>(StringComparer.Ordinal);
            foreach (var (turn, annotation) in turns.Members())
            {
                byTurn[turn] = ReadTurn(annotation);
            }

            byDialogue[dialogue] = byTurn;
        }
    }

    /// <param name="dialogue">The source's dialogue id.</param>
    /// <param name="turn">The source's turn id.</param>
    /// <param name="inline">The turn's own "dialogue_acts", where it has them.</param>
    public IReadOnlyList<MultiWozAct> Of(string dialogue, string turn, JsonField inline) => inline.IsMissing
        ? byDialogue.GetValueOrDefault(dialogue)?.GetValueOrDefault(turn) ?? []
        : [.. inline["dialog_act"].Rows().SelectMany(ReadColumns)];

    /// <summary>Adds a turn's acts to the frames of their services.</summary>
    /// <param name="frames">The turn's frames.</param>
    /// <param name="acts">The turn's acts.</param>
    /// <param name="speaker">Who speaks: a system's "Inform" of a booking is an offer to book.</param>
    /// <param name="activeService">What "Booking" acts are about.</param>
    /// <param name="place">Keeps names once.</param>
    public static IReadOnlyList<SeedFrame> Merge(
        List<SeedFrame> frames, IReadOnlyList<MultiWozAct> acts, Speaker speaker, string activeService, JsonPlace place)
    {
        var merged = new List<SeedFrame>(frames);
        foreach (var group in acts.GroupBy(a => ServiceOf(a.Name, activeService), StringComparer.Ordinal))
        {
            var mapped = group.Select(a => new SeedAct(ActName(a.Name, speaker), SlotOf(a), ValuesOf(a))).ToArray();
            var at = merged.FindIndex(f => f.Service == group.Key);
            if (at >= 0)
            {
                merged[at] = merged[at] with { Acts = [.. merged[at].Acts, .. mapped] };
            }
            else
            {
                merged.Add(Bare(place.Keep(group.Key), mapped));
            }
        }

        return merged;
    }

    private static MultiWozAct[] ReadTurn(JsonField annotation)
    {
        // Release 2.1 has the text "No Annotation" in place of an object.
        if (!annotation.IsObject)
        {
            return [];
        }

        return [.. annotation["dialog_act"].Members().SelectMany(act => act.Value.Items()
            .Select(pair => new MultiWozAct(act.Name, pair.At(0).Name() ?? "", pair.At(1).Name() ?? "")))];
    }

    private static IEnumerable<MultiWozAct> ReadColumns(JsonRow act)
    {
        var name = act["act_type"].Name() ?? "";
        return act["act_slots"].Rows().Select(s => new MultiWozAct(name, s["slot_name"].Name() ?? "", s["slot_value"].Name() ?? ""));
    }

    private static string ServiceOf(string act, string activeService)
    {
        var domain = act.Split('-')[0].ToLowerInvariant();
        return domain == "booking" ? activeService : ServiceNames.Of(domain);
    }

    /// <summary>MultiWOZ has no acts for affirming, negating or confirming; corpora in its form may.</summary>
    private static string ActName(string act, Speaker speaker)
    {
        var dash = act.IndexOf('-', StringComparison.Ordinal);
        var isBooking = act.StartsWith("Booking", StringComparison.OrdinalIgnoreCase);
        return act[(dash + 1)..].ToUpperInvariant() switch
        {
            "INFORM" when isBooking && speaker == Speaker.System => "OFFER_INTENT",
            "SELECT" when speaker == Speaker.User => "SELECT",
            "RECOMMEND" or "SELECT" => "OFFER",
            "OFFERBOOK" => "OFFER_INTENT",
            "OFFERBOOKED" or "BOOK" => "NOTIFY_SUCCESS",
            "NOBOOK" or "NOOFFER" => "NOTIFY_FAILURE",
            "REQMORE" => "REQ_MORE",
            "BYE" => "GOODBYE",
            "THANK" => "THANK_YOU",
            "GREET" or "WELCOME" => "ACKNOWLEDGE",
            var other => other,
        };
    }

    private static string SlotOf(MultiWozAct act) => act.Slot is "none" ? "" : act.Slot;

    private static IReadOnlyList<string> ValuesOf(MultiWozAct act) => act.Value is "" or "?" or "none" ? [] : [act.Value];

    private static SeedFrame Bare(string service, SeedAct[] acts) => new()
    {
        Service = service,
        Acts = acts,
        Spans = [],
        Copies = [],
        RequestedSlots = [],
        SlotValues = new Dictionary<string, IReadOnlyList<string>>(),
    };
}
