using DialogueMesh.Measures.Acts;
using DialogueMesh.Measures.Classifier;
using DialogueMesh.Measures.Diversity;
using DialogueMesh.Measures.Overlap;

namespace DialogueMesh.Measures;

/// <summary>The measures of a corpus.</summary>
public sealed record CorpusReport
{
    /// <summary>As the user named it.</summary>
    public required string Name { get; init; }

    public required int Dialogues { get; init; }

    public required SpeakerReport User { get; init; }

    public required SpeakerReport System { get; init; }

    /// <summary>Absent where acts are not annotated.</summary>
    public ActReport? Acts { get; init; }

    /// <summary>Of the reference itself: one half of it against the other, what two samples of the same people have.</summary>
    public required ComparisonReport Comparison { get; init; }
}

/// <summary>How near a corpus is to another.</summary>
public sealed record ComparisonReport
{
    /// <summary>Dialogues of the other; without the corpus' own where that is a part of it.</summary>
    public required int Dialogues { get; init; }

    /// <summary>Dialogues of the corpus that the other has too, word for word.</summary>
    public required int CopiedDialogues { get; init; }

    public required OverlapReport Overlap { get; init; }

    /// <summary>Jensen–Shannon divergence of the act pairs in bits; absent where either has none.</summary>
    public double? ActDivergence { get; init; }

    /// <summary>Absent where there are too few dialogues.</summary>
    public ClassifierReport? Classifier { get; init; }
}

/// <summary>What is measured of several corpora, side by side.</summary>
/// <param name="Tokens">On how many words and punctuation marks of each speaker distinct-n and entropy are measured at most.</param>
/// <param name="Corpora">In the order given.</param>
/// <param name="Reference">What they are compared with.</param>
public sealed record MeasureReport(int Tokens, IReadOnlyList<CorpusReport> Corpora, CorpusReport Reference);
