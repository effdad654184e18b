using System.Text.Json;

namespace DialogueMesh.Scenario.Corpora;

/// <summary>What a corpus' reading leaves out or mends.</summary>
internal sealed class ReadingTally
{
    private readonly SortedDictionary<string, int> skipped = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, int> Skipped => skipped;

    public int SwappedSpans { get; set; }

    public void Skip(string reason) => skipped[reason] = skipped.GetValueOrDefault(reason) + 1;
}

/// <summary>
/// Reads a dialogue of any of the formats: they differ in little but Hugging Face's objects of lists, which
/// <see cref="JsonField.Rows"/> hides, and our own, in which an exchange is one record.
/// </summary>
internal sealed class DialogueReader(JsonPlace place, ReadingTally tally, MultiWozActs acts)
{
    /// <summary>What the assistant says in an exchange, which only our own form has.</summary>
    private const string Answer = "assistant_response";

    public static CorpusFormat FormatOf(JsonElement record)
    {
        if (record.TryGetProperty("turns", out var turns) && turns.ValueKind == JsonValueKind.Object)
        {
            return CorpusFormat.HuggingFace;
        }

        if (turns.ValueKind == JsonValueKind.Array
            && turns.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } first && first.TryGetProperty(Answer, out _))
        {
            return CorpusFormat.DialogueMesh;
        }

        return record.TryGetProperty("services", out var services) && services.ValueKind == JsonValueKind.Array
            && services.EnumerateArray().Any(s => s.ValueKind == JsonValueKind.String && ServiceNames.IsNumbered(s.GetString()!))
            ? CorpusFormat.Sgd
            : CorpusFormat.MultiWoz;
    }

    /// <summary>Null for a dialogue without turns.</summary>
    /// <param name="record">An object with the dialogue.</param>
    /// <param name="fallbackId">For a dialogue without an id.</param>
    public SeedDialogue? Read(JsonElement record, string fallbackId)
    {
        var root = new JsonField(record, "dialogue", place);
        if (!root.IsObject)
        {
            throw root.Fault("an object with 'turns'");
        }

        var id = root["dialogue_id"].Text() is { Length: > 0 } given ? given : fallbackId;
        var sourceServices = root["services"].Names();
        var turns = ReadTurns(root["turns"], id, sourceServices);
        if (turns.Count == 0)
        {
            tally.Skip(SkipReasons.DialogueWithoutTurns);
            return null;
        }

        return new SeedDialogue
        {
            Id = id,
            Services = ServicesOf(sourceServices, turns),
            SourceServices = sourceServices,
            Turns = turns,
        };
    }

    private List<SeedTurn> ReadTurns(JsonField rows, string id, IReadOnlyList<string> sourceServices)
    {
        var turns = new List<SeedTurn>();
        var active = sourceServices.Select(ServiceNames.Of).FirstOrDefault(ServiceNames.General);
        var index = 0;
        foreach (var row in rows.Rows())
        {
            place.Turn = index;
            if (row[Answer].IsMissing)
            {
                var turnActs = acts.Of(id, row["turn_id"].Text() ?? $"{index}", row["dialogue_acts"]);
                Add(null, row, "utterance", "frames", turnActs);
            }
            else
            {
                Add(Speaker.User, row, "utterance", "user_frames", []);
                Add(Speaker.System, row, Answer, "assistant_frames", []);
            }

            index++;
        }

        place.Turn = null;
        return turns;

        void Add(Speaker? speaker, JsonRow row, string text, string frameRows, IReadOnlyList<MultiWozAct> turnActs)
        {
            var utterance = row[text].Text();
            if (string.IsNullOrWhiteSpace(utterance))
            {
                tally.Skip(SkipReasons.TurnWithoutUtterance);
                return;
            }

            var spokenBy = speaker ?? ReadSpeaker(row["speaker"]);
            var frames = ReadFrames(row[frameRows], spokenBy, utterance);
            active = ActiveService(spokenBy, frames) ?? active;
            turns.Add(new SeedTurn
            {
                Speaker = spokenBy,
                Utterance = utterance,
                Frames = MultiWozActs.Merge(frames, turnActs, spokenBy, active, place),
            });
        }
    }

    private static Speaker ReadSpeaker(JsonField node) => node.Text()?.ToUpperInvariant() switch
    {
        "USER" or "0" => Speaker.User,
        "SYSTEM" or "1" => Speaker.System,
        _ => throw node.Fault("USER or SYSTEM (0 or 1 in exports of Hugging Face)"),
    };

    private List<SeedFrame> ReadFrames(JsonField rows, Speaker speaker, string utterance)
    {
        var frames = new List<SeedFrame>();
        foreach (var row in rows.Rows())
        {
            var frame = ReadFrame(row, utterance);
            if (speaker == Speaker.System || SaysSomething(frame))
            {
                frames.Add(frame);
            }
        }

        return frames;
    }

    private SeedFrame ReadFrame(JsonRow row, string utterance)
    {
        var source = row["service"].Name() is { Length: > 0 } named ? named : ServiceNames.General;
        var service = place.Keep(ServiceNames.Of(source));
        var state = row["state"];
        var frameActs = row["actions"].Rows().Select(a => ReadAct(a, source)).OfType<SeedAct>().ToArray();
        var spans = new List<SeedSpan>();
        var copies = new List<SeedCopy>();
        foreach (var slot in row["slots"].Rows())
        {
            ReadSlot(slot, source, utterance, frameActs, spans, copies);
        }

        return new SeedFrame
        {
            Service = service,
            Acts = frameActs,
            Spans = spans,
            Copies = copies,
            ActiveIntent = state["active_intent"].Name() is { Length: > 0 } intent && intent != "NONE" ? intent : null,
            RequestedSlots = [.. state["requested_slots"].Names().Select(s => SlotName(s, source))],
            SlotValues = ReadState(state, source),
        };
    }

    private SeedAct? ReadAct(JsonRow row, string source) => row["act"].Name() is { Length: > 0 } act
        ? new SeedAct(act, SlotName(row["slot"].Name() ?? "", source), row["values"].Names())
        : null;

    private void ReadSlot(JsonRow row, string source, string utterance, SeedAct[] frameActs, List<SeedSpan> spans, List<SeedCopy> copies)
    {
        var slot = SlotName(row["slot"].Name() ?? "", source);
        if (row["copy_from"].Name() is { Length: > 0 } from)
        {
            var values = row["copy_from_value"].Names();
            copies.Add(new SeedCopy(slot, from, values.Count > 0 ? values : row["value"].Names()));
            return;
        }

        // SGD spans carry no value: it is one of those that the frame's acts give for the slot.
        IReadOnlyList<string> expected = row["value"].Names() is { Count: > 0 } values0
            ? values0
            : [.. frameActs.Where(a => a.Slot == slot).SelectMany(a => a.Values)];
        var start = row["start"].Integer() ?? -1;
        var end = row["exclusive_end"].Integer() ?? -1;
        if (SpanMending.Mend(utterance, start, end, expected) is { } mended)
        {
            spans.Add(new SeedSpan(slot, place.Keep(mended.Value), mended.Start, mended.ExclusiveEnd));
            tally.SwappedSpans += mended.Start != start ? 1 : 0;
        }
        else
        {
            tally.Skip(SkipReasons.SpanMismatch);
        }
    }

    /// <summary>"slot_values" is an object; Hugging Face's "slots_values" a list of names beside a list of values.</summary>
    private Dictionary<string, IReadOnlyList<string>> ReadState(JsonField state, string source)
    {
        var values = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (slot, variants) in state["slot_values"].Members())
        {
            values[SlotName(slot, source)] = variants.Names();
        }

        foreach (var row in state["slots_values"].Rows())
        {
            if (row["slots_values_name"].Name() is { Length: > 0 } slot)
            {
                values[SlotName(slot, source)] = row["slots_values_list"].Names();
            }
        }

        return values;
    }

    private string SlotName(string slot, string service) =>
        slot.Length > service.Length + 1 && slot[service.Length] == '-' && slot.StartsWith(service, StringComparison.OrdinalIgnoreCase)
            ? place.Keep(slot[(service.Length + 1)..])
            : slot;

    private static bool SaysSomething(SeedFrame frame) =>
        frame.ActiveIntent is not null || frame.Acts.Count > 0 || frame.Spans.Count > 0 || frame.Copies.Count > 0
        || frame.RequestedSlots.Count > 0 || frame.SlotValues.Count > 0;

    /// <summary>The service that a user turn is about: what is booked there comes first.</summary>
    private static string? ActiveService(Speaker speaker, List<SeedFrame> frames) => speaker == Speaker.User
        ? (frames.Find(f => f.ActiveIntent?.StartsWith("book", StringComparison.Ordinal) == true) ?? frames.Find(f => f.ActiveIntent is not null))?.Service
        : null;

    private static string[] ServicesOf(IReadOnlyList<string> source, List<SeedTurn> turns)
    {
        var listed = source.Count > 0
            ? source.Select(ServiceNames.Of)
            : turns.SelectMany(t => t.Frames).Where(f => f.ActiveIntent is not null || f.Spans.Count > 0).Select(f => f.Service);
        return [.. listed.Where(s => s != ServiceNames.General).Distinct()];
    }
}
