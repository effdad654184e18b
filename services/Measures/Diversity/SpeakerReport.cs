namespace DialogueMesh.Measures.Diversity;

/// <summary>A text or pattern, how many have it, and their share of all.</summary>
public sealed record Frequency(string Text, int Count, double Share);

/// <summary>What one speaker says in a corpus.</summary>
public sealed record SpeakerReport
{
    /// <summary>All utterances of the speaker.</summary>
    public required int Utterances { get; init; }

    /// <summary>All words and punctuation marks of the speaker by <see cref="Utterances"/>.</summary>
    public required double WordsPerUtterance { get; init; }

    /// <summary>On how many words and punctuation marks distinct-n and entropy are measured. They depend on it.</summary>
    public required int Tokens { get; init; }

    public required double Distinct1 { get; init; }

    public required double Distinct2 { get; init; }

    public required double Distinct3 { get; init; }

    /// <summary>Conditional bigram entropy in bits.</summary>
    public required double BigramEntropy { get; init; }

    /// <summary>On how many utterances <see cref="RepeatedShare"/> is measured. It depends on it.</summary>
    public required int RepeatedOf { get; init; }

    /// <summary>The share of utterances whose exact text occurs more than once among them.</summary>
    public required double RepeatedShare { get; init; }

    /// <summary>The greatest number of dialogues that begin with the same utterance of the speaker.</summary>
    public required int SharedOpening { get; init; }

    /// <summary>The greatest number of dialogues that end with the same utterance of the speaker.</summary>
    public required int SharedClosing { get; init; }

    /// <summary>The commonest first utterances.</summary>
    public required IReadOnlyList<Frequency> Openings { get; init; }

    /// <summary>The commonest first three words of first utterances.</summary>
    public required IReadOnlyList<Frequency> OpeningWords { get; init; }

    /// <summary>The commonest last utterances.</summary>
    public required IReadOnlyList<Frequency> Closings { get; init; }
}
