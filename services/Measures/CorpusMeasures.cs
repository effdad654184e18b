using DialogueMesh.Measures.Acts;
using DialogueMesh.Measures.Classifier;
using DialogueMesh.Measures.Diversity;
using DialogueMesh.Measures.Overlap;
using DialogueMesh.Measures.Words;
using DialogueMesh.Scenario.Corpora;

namespace DialogueMesh.Measures;

/// <summary>A corpus and the name that its column has.</summary>
public sealed record NamedCorpus(string Name, SeedCorpus Corpus);

/// <summary>Measures corpora, the same for generated and for human ones.</summary>
public static class CorpusMeasures
{
    /// <summary>So many that the dialogues of a service do not decide, so few that 200 dialogues have them.</summary>
    public const int DefaultTokens = 15_000;

    /// <param name="corpora">To be measured, one by one.</param>
    /// <param name="reference">What each is compared with, as a rule what it was made from.</param>
    /// <param name="tokens">On how many words and punctuation marks of each speaker distinct-n and entropy are measured at most.</param>
    /// <param name="cancellationToken">Looked at before each corpus.</param>
    public static MeasureReport Of(
        IEnumerable<NamedCorpus> corpora, NamedCorpus reference, int tokens, CancellationToken cancellationToken)
    {
        var vocabulary = new Vocabulary();
        var seed = TokenisedCorpus.Of(reference.Name, reference.Corpus, vocabulary);
        var reports = new List<CorpusReport>();
        foreach (var corpus in corpora)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var candidate = TokenisedCorpus.Of(corpus.Name, corpus.Corpus, vocabulary);
            reports.Add(Report(candidate, Compare(candidate, seed, vocabulary), tokens, vocabulary));
        }

        cancellationToken.ThrowIfCancellationRequested();
        var halves = seed.Shuffled(0).Index().ToLookup(d => d.Index % 2, d => d.Item);
        var floor = Compare(seed with { Dialogues = [.. halves[0]] }, seed with { Dialogues = [.. halves[1]] }, vocabulary);
        return new MeasureReport(tokens, reports, Report(seed, floor, tokens, vocabulary));
    }

    private static CorpusReport Report(TokenisedCorpus corpus, ComparisonReport comparison, int tokens, Vocabulary vocabulary) => new()
    {
        Name = corpus.Name,
        Dialogues = corpus.Dialogues.Count,
        User = SpeakerMeasures.Of(corpus, Speaker.User, tokens, vocabulary),
        System = SpeakerMeasures.Of(corpus, Speaker.System, tokens, vocabulary),
        Acts = ActPairs.Report(corpus.Dialogues),
        Comparison = comparison,
    };

    private static ComparisonReport Compare(TokenisedCorpus candidate, TokenisedCorpus reference, Vocabulary vocabulary)
    {
        var known = reference.Dialogues.Select(d => d.Text).ToHashSet(StringComparer.Ordinal);
        var copied = candidate.Dialogues.Count(d => known.Contains(d.Text));
        var others = copied == candidate.Dialogues.Count ? Without(reference, candidate) : reference;
        return new ComparisonReport
        {
            Dialogues = others.Dialogues.Count,
            CopiedDialogues = copied,
            Overlap = Overlap(candidate, others, vocabulary),
            ActDivergence = ActPairs.Divergence(candidate.Dialogues, others.Dialogues),
            Classifier = TwoCorpora.Compare(candidate, others, vocabulary),
        };
    }

    /// <summary>A split of the reference is compared with its other splits: with itself it would tell nothing.</summary>
    private static TokenisedCorpus Without(TokenisedCorpus reference, TokenisedCorpus part)
    {
        var left = part.Dialogues.Select(d => d.Text).ToHashSet(StringComparer.Ordinal);
        return reference with { Dialogues = [.. reference.Dialogues.Where(d => !left.Contains(d.Text))] };
    }

    private static OverlapReport Overlap(TokenisedCorpus candidate, TokenisedCorpus reference, Vocabulary vocabulary)
    {
        var (mine, theirs) = (Utterances(candidate), Utterances(reference));
        var (found, all) = CommonRuns.Count(mine, theirs, CommonRuns.Length);
        var run = CommonRuns.Longest(mine, theirs);
        return new OverlapReport(
            found, all, all == 0 ? 0 : (double)found / all, run.Count, string.Join(' ', run.Select(word => vocabulary[word])));
    }

    private static List<int[]> Utterances(TokenisedCorpus corpus) =>
        [.. corpus.Dialogues.SelectMany(d => d.Utterances).Select(u => u.Tokens)];
}
