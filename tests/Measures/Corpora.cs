using DialogueMesh.Measures;
using DialogueMesh.Measures.Words;
using DialogueMesh.Scenario.Corpora;

namespace DialogueMesh.Tests.Measures;

/// <summary>Corpora written down in a line: turns between '|', the user first; "ACT+ACT: text" for a turn with acts.</summary>
internal static class Corpora
{
    public static SeedCorpus Of(params IEnumerable<string> dialogues) => new()
    {
        Name = "test",
        Format = CorpusFormat.Sgd,
        Dialogues = [.. dialogues.Select((text, index) => Dialogue($"{index}", text))],
        Skipped = new Dictionary<string, int>(),
        Sha256 = "",
        SwappedSpans = 0,
    };

    public static NamedCorpus Named(string name, params IEnumerable<string> dialogues) => new(name, Of(dialogues));

    public static TokenisedCorpus Tokenised(Vocabulary vocabulary, params IEnumerable<string> dialogues) =>
        TokenisedCorpus.Of("test", Of(dialogues), vocabulary);

    private static SeedDialogue Dialogue(string id, string text) => new()
    {
        Id = id,
        Services = [],
        SourceServices = [],
        Turns = [.. text.Split('|').Select((turn, index) => Turn(turn, index % 2 == 0 ? Speaker.User : Speaker.System))],
    };

    private static SeedTurn Turn(string text, Speaker speaker)
    {
        var parts = text.Split(": ");
        IReadOnlyList<SeedFrame> frames = parts.Length == 1 ? [] : [.. parts[0].Split('+').Select(Frame)];
        return new SeedTurn { Speaker = speaker, Utterance = parts[^1], Frames = frames };
    }

    private static SeedFrame Frame(string act) => new()
    {
        Service = "taxi",
        Acts = [new SeedAct(act, "", [])],
        Spans = [],
        Copies = [],
        RequestedSlots = [],
        SlotValues = new Dictionary<string, IReadOnlyList<string>>(),
    };
}
