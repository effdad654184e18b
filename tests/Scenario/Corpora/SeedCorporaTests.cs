using DialogueMesh.Contracts;
using DialogueMesh.Scenario.Corpora;
using Xunit;

namespace DialogueMesh.Tests.Scenario.Corpora;

public sealed class SeedCorporaTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Load_MultiWozWithDialogActs_ReadsTurnsFramesAndActs()
    {
        folder.Write("train/dialogues_001.json", Fixtures.MultiWoz);
        folder.Write("dialog_acts.json", Fixtures.DialogActs);
        folder.Write("schema.json", "[]");

        AssertCrêperie(Load(), CorpusFormat.MultiWoz);
    }

    [Theory]
    [InlineData("train.jsonl")]
    [InlineData("multi_woz.json")]
    public void Load_HuggingFaceLines_ReadsTheSameAsMultiWoz(string name)
    {
        folder.Write(name, Fixtures.HuggingFace);

        AssertCrêperie(Load(), CorpusFormat.HuggingFace);
    }

    [Fact]
    public void Load_HuggingFaceArray_ReadsTheSameAsMultiWoz()
    {
        folder.Write("validation/part.json", $"[{Fixtures.HuggingFace.Trim().Replace("\n", ",", StringComparison.Ordinal)}]");

        AssertCrêperie(Load(), CorpusFormat.HuggingFace);
    }

    [Fact]
    public void Load_Sgd_ChecksSpansAgainstTheActsValues()
    {
        folder.Write("dev/dialogues_001.json", Fixtures.Sgd);

        var corpus = Load();

        var dialogue = Assert.Single(corpus.Dialogues);
        Assert.Equal(CorpusFormat.Sgd, corpus.Format);
        Assert.Equal(["restaurant", "rentalcars", "doctor"], dialogue.Services);
        Assert.Equal(["Restaurants_2", "RentalCars_1", "Services_3"], dialogue.SourceServices);
        var frame = Assert.Single(dialogue.Turns[0].Frames);
        Assert.Equal("ReserveRestaurant", frame.ActiveIntent);
        Assert.Equal(["INFORM time", "INFORM location", "INFORM_INTENT intent"], frame.Acts.Select(a => $"{a.Act} {a.Slot}"));
        Assert.Equal([new SeedSpan("time", "half past 11", 11, 23), new SeedSpan("location", "San José", 27, 35)], frame.Spans);
        Assert.Equal(1, corpus.SwappedSpans);
        Assert.Empty(corpus.Skipped);
    }

    [Fact]
    public void Load_EmptyServices_TakesThemFromTheFrames()
    {
        folder.Write("dialogues.json", Fixtures.MultiWoz.Replace("""["restaurant"]""", "[]", StringComparison.Ordinal));

        Assert.Equal(["restaurant"], Load().Dialogues[0].Services);
    }

    [Fact]
    public void Load_ManyFiles_OrdersByOrdinalPathAndKeepsIdsApart()
    {
        folder.Write("train/dialogues_002.json", Dialogue("b"));
        folder.Write("train/dialogues_001.json", Dialogue("a"));
        folder.Write("dev/dialogues_001.json", Dialogue("a"));
        folder.Write("train/notes.json", "this is not read, dialogues*.json are there");

        Assert.Equal(["a", "train/dialogues_001.json:a", "b"], Load().Dialogues.Select(d => d.Id));
    }

    [Fact]
    public void Load_AnyByteOrNameChanged_ChangesTheDigest()
    {
        folder.Write("dialogues_001.json", Dialogue("a"));
        var first = Load().Sha256;
        folder.Write("schema.json", "[]");
        Assert.Equal(first, Load().Sha256);

        folder.Write("dialogues_001.json", Dialogue("a") + " ");
        var second = Load().Sha256;
        File.Move(Path.Combine(folder.Path, "dialogues_001.json"), Path.Combine(folder.Path, "dialogues_002.json"));

        Assert.Equal(64, first.Length);
        Assert.Equal(3, new[] { first, second, Load().Sha256 }.Distinct().Count());
    }

    [Fact]
    public void Load_RecordsLargerThanTheBuffer_ReadsThem()
    {
        var utterance = string.Concat(Enumerable.Repeat("é🥞 long ", 20_000));
        folder.Write("dialogues.json", "\uFEFF[" + string.Join(",\n", Enumerable.Range(0, 40).Select(i =>
            $$"""{"dialogue_id":"{{i}}","turns":[{"speaker":"USER","utterance":"{{utterance}}"}]}""")) + "]");

        var corpus = Load();

        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"{i}"), corpus.Dialogues.Select(d => d.Id));
        Assert.All(corpus.Dialogues, d => Assert.Equal(utterance, d.Turns[0].Utterance));
    }

    [Fact]
    public void Load_OurOwnOutput_ReadsAnExchangeAsTwoTurns()
    {
        folder.Write("generated_dialogues.json", """
            [{"dialogue_id": "run-000000", "services": ["taxi"], "turns": [
              {"turn_number": 1, "utterance": "A taxi to Ely.", "assistant_response": "When?", "emotion": "Calm",
               "user_frames": [{"service": "taxi", "actions": [{"act": "INFORM", "slot": "taxi-destination", "values": ["Ely"]}],
                 "slots": [{"slot": "taxi-destination", "value": "Ely", "start": 10, "exclusive_end": 13}],
                 "state": {"active_intent": "book_taxi", "requested_slots": [], "slot_values": {"taxi-destination": ["Ely"]}}}],
               "assistant_frames": [{"service": "taxi", "actions": [{"act": "REQUEST", "slot": "taxi-time", "values": []}], "slots": []}]},
              {"turn_number": 2, "utterance": "Now.", "assistant_response": " "}]}]
            """);
        folder.Write("dialogue_hashes.json", """["not a dialogue"]""");
        folder.Write("generated_dialogues.journal.jsonl", """{"kind": "spec"}""");

        var corpus = Load();

        var dialogue = Assert.Single(corpus.Dialogues);
        Assert.Equal(CorpusFormat.DialogueMesh, corpus.Format);
        Assert.Equal(
            [(Speaker.User, "A taxi to Ely."), (Speaker.System, "When?"), (Speaker.User, "Now.")],
            dialogue.Turns.Select(t => (t.Speaker, t.Utterance)));
        Assert.Equal(["taxi INFORM(destination=Ely)"], ActsOf(dialogue.Turns[0]));
        Assert.Equal(["taxi REQUEST(time=)"], ActsOf(dialogue.Turns[1]));
        Assert.Equal([new SeedSpan("destination", "Ely", 10, 13)], dialogue.Turns[0].Frames[0].Spans);
        Assert.Equal(["Ely"], dialogue.Turns[0].Frames[0].SlotValues["destination"]);
        Assert.Equal(new Dictionary<string, int> { [SkipReasons.TurnWithoutUtterance] = 1 }, corpus.Skipped);
    }

    [Fact]
    public void Load_Cancelled_Stops()
    {
        folder.Write("dialogues.json", Dialogue("a"));

        Assert.Throws<OperationCanceledException>(() => SeedCorpora.Load(folder.Path, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Resolve_DefaultDataset_PrefersLocalDatasetsToTheSample()
    {
        var sample = SeedCorpora.Resolve(SeedCorpora.DefaultDataset, null, folder.Path, "the-sample");
        var local = Directory.CreateDirectory(Path.Combine(folder.Path, "local_datasets", "multi_woz_v22")).FullName;
        var found = SeedCorpora.Resolve(SeedCorpora.DefaultDataset, null, folder.Path, "the-sample");

        Assert.Equal("the-sample", sample.Path);
        Assert.Contains("local_datasets/multi_woz_v22 is not there", sample.Notice, StringComparison.Ordinal);
        Assert.Equal(new CorpusLocation(local, null), found);
    }

    [Fact]
    public void Resolve_Path_IsTakenFromTheWorkingDirectoryAsGiven() => Assert.Equal(
        new CorpusLocation(Path.Combine(folder.Path, "mine"), null),
        SeedCorpora.Resolve(SeedCorpora.DefaultDataset, "mine", folder.Path, "the-sample"));

    [Theory]
    [InlineData("someone/other")]
    [InlineData("..")]
    [InlineData("someone/")]
    public void Resolve_UnknownDataset_IsAFaultNotTheSample(string name)
    {
        var fault = Assert.Throws<InputException>(() => SeedCorpora.Resolve(name, null, folder.Path, "the-sample"));

        Assert.Contains($"The dataset '{name}' is not in", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_RealSgd_ReadsEveryDialogueAndSpan()
    {
        var corpus = SeedCorpora.Load(SharedData.Folder("sgd"), CancellationToken.None);

        Assert.Equal(1663, corpus.Dialogues.Count);
        Assert.Equal(1663, corpus.Dialogues.Select(d => d.Id).Distinct().Count());
        Assert.Equal(28306, corpus.Dialogues.Sum(d => d.Turns.Count));
        Assert.Equal(19567, corpus.Dialogues.SelectMany(d => d.Turns).SelectMany(t => t.Frames).Sum(f => f.Spans.Count));
        Assert.Empty(corpus.Skipped);
        Assert.Equal(0, corpus.SwappedSpans);
        Assert.Equal(CorpusFormat.Sgd, corpus.Format);
    }

    [Fact]
    public void Load_RealMultiWoz_ReadsTheExamples()
    {
        var corpus = SeedCorpora.Load(SharedData.Folder("multiwoz"), CancellationToken.None);

        Assert.Equal(["SSNG0007.json", "SNG1161.json", "MUL1443.json", "SNG01678.json", "MUL1170.json"], corpus.Dialogues.Select(d => d.Id));
        Assert.Equal(["police"], corpus.Dialogues[3].Services);
        Assert.Equal(["hotel", "attraction"], corpus.Dialogues[4].Turns[2].Frames.Select(f => f.Service).Order().Reverse());
        Assert.Empty(corpus.Skipped);
    }

    internal static string Dialogue(string id) =>
        $$"""[{"dialogue_id":"{{id}}","services":["taxi"],"turns":[{"speaker":"USER","utterance":"A taxi."}]}]""";

    private static void AssertCrêperie(SeedCorpus corpus, CorpusFormat format)
    {
        var dialogue = Assert.Single(corpus.Dialogues);
        Assert.Equal(format, corpus.Format);
        Assert.Equal("MUL0001.json", dialogue.Id);
        Assert.Equal([Speaker.User, Speaker.System], dialogue.Turns.Select(t => t.Speaker));
        var frame = Assert.Single(dialogue.Turns[0].Frames);
        Assert.Equal("restaurant", frame.Service);
        Assert.Equal("find_restaurant", frame.ActiveIntent);
        Assert.Equal(["phone"], frame.RequestedSlots);
        Assert.Equal(["centre", "center"], frame.SlotValues["area"]);
        Assert.Equal([new SeedSpan("food", "Crêperie", 2, 10), new SeedSpan("area", "centre", 21, 27)], frame.Spans);
        var copy = Assert.Single(frame.Copies);
        Assert.Equal("day hotel-day monday", $"{copy.Slot} {copy.CopyFrom} {Assert.Single(copy.Values)}");
        Assert.Equal(
            ["restaurant INFORM(food=crêperie)", "restaurant INFORM(area=centre)", "restaurant REQUEST(phone=)"], ActsOf(dialogue.Turns[0]));
        Assert.Equal(
            ["restaurant OFFER_INTENT(=)", "restaurant OFFER(name=Chez Loup)", "general REQ_MORE(=)"], ActsOf(dialogue.Turns[1]));
        Assert.Equal(1, corpus.SwappedSpans);
        Assert.Equal(
            new Dictionary<string, int> { [SkipReasons.SpanMismatch] = 1, [SkipReasons.DialogueWithoutTurns] = 1 }, corpus.Skipped);
    }

    private static IEnumerable<string> ActsOf(SeedTurn turn) =>
        turn.Frames.SelectMany(f => f.Acts.Select(a => $"{f.Service} {a.Act}({a.Slot}={string.Join('|', a.Values)})"));

    private SeedCorpus Load() => SeedCorpora.Load(folder.Path, CancellationToken.None);
}
