namespace DialogueMesh.Scenario.Corpora;

/// <summary>How a seed corpus is written down.</summary>
public enum CorpusFormat
{
    MultiWoz,

    /// <summary>MultiWOZ 2.2 as the Hugging Face hub exports it: lists of records as records of lists.</summary>
    HuggingFace,

    /// <summary>Schema-Guided Dialogue.</summary>
    Sgd,

    /// <summary>What a run writes, see <see cref="Contracts.Dialogues.Dialogue"/>; frames may be missing.</summary>
    DialogueMesh,
}

/// <summary>The dialogues that a run starts from; a dialogue's place in <see cref="Dialogues"/> is its stable index.</summary>
public sealed record SeedCorpus
{
    /// <summary>The name of the directory or file.</summary>
    public required string Name { get; init; }

    /// <summary>The format of the first dialogue.</summary>
    public required CorpusFormat Format { get; init; }

    /// <summary>Files in ordinal order of their paths, dialogues in the order of their file.</summary>
    public required IReadOnlyList<SeedDialogue> Dialogues { get; init; }

    /// <summary>What was left out: one of <see cref="SkipReasons"/> to how often. Empty when nothing was.</summary>
    public required IReadOnlyDictionary<string, int> Skipped { get; init; }

    /// <summary>Of the files' names and bytes in ordinal order of the names, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Spans whose start and end were exchanged in the source and are mended here.</summary>
    public required int SwappedSpans { get; init; }
}

/// <summary>Why a part of a corpus is left out.</summary>
public static class SkipReasons
{
    public const string DialogueWithoutTurns = "dialogue without turns";
    public const string TurnWithoutUtterance = "turn without an utterance";
    public const string SpanMismatch = "span that does not match its text";
}

/// <summary>A human dialogue of the corpus.</summary>
public sealed record SeedDialogue
{
    /// <summary>The source's id; with its file's path in front where an earlier dialogue has the same id.</summary>
    public required string Id { get; init; }

    /// <summary>Our names of the services, see <see cref="ServiceNames"/>; from the frames where the source lists none.</summary>
    public required IReadOnlyList<string> Services { get; init; }

    /// <summary>As the source lists them; may be empty.</summary>
    public required IReadOnlyList<string> SourceServices { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<SeedTurn> Turns { get; init; }
}

/// <summary>Who speaks a turn.</summary>
public enum Speaker
{
    User,
    System,
}

/// <summary>One utterance and its annotations.</summary>
public sealed record SeedTurn
{
    public required Speaker Speaker { get; init; }

    /// <summary>As in the source, never blank.</summary>
    public required string Utterance { get; init; }

    public required IReadOnlyList<SeedFrame> Frames { get; init; }
}

/// <summary>
/// What is annotated of one service in one utterance. Slots are named without their service. Frames of a user turn that say
/// nothing (MultiWOZ lists every service with intent NONE) are left out.
/// </summary>
public sealed record SeedFrame
{
    /// <summary>Our name of the service; "general" for acts that belong to none.</summary>
    public required string Service { get; init; }

    public required IReadOnlyList<SeedAct> Acts { get; init; }

    /// <summary>Each stands in the utterance where it says.</summary>
    public required IReadOnlyList<SeedSpan> Spans { get; init; }

    /// <summary>Values taken over from another slot, which stand nowhere in the utterance.</summary>
    public required IReadOnlyList<SeedCopy> Copies { get; init; }

    /// <summary>Null where the source has none, or NONE.</summary>
    public string? ActiveIntent { get; init; }

    public required IReadOnlyList<string> RequestedSlots { get; init; }

    /// <summary>The belief state after the turn: slot to its values' variants. On user turns only.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> SlotValues { get; init; }
}

/// <summary>A dialogue act with its name in Schema-Guided Dialogue; <see cref="Slot"/> is "" for acts without one.</summary>
public sealed record SeedAct(string Act, string Slot, IReadOnlyList<string> Values);

/// <summary>A value's place in its utterance, [Start, ExclusiveEnd) in Unicode code points; the value is as the utterance has it.</summary>
public sealed record SeedSpan(string Slot, string Value, int Start, int ExclusiveEnd);

/// <summary>A slot that takes over the values of another, <see cref="CopyFrom"/>, named as in the source.</summary>
public sealed record SeedCopy(string Slot, string CopyFrom, IReadOnlyList<string> Values);
