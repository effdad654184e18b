using DialogueMesh.Measures.Words;
using DialogueMesh.Scenario.Corpora;

namespace DialogueMesh.Measures.Diversity;

/// <summary>Measures one speaker of a corpus.</summary>
internal static class SpeakerMeasures
{
    /// <summary>Of this many utterances the repeated ones are counted: what 300 dialogues have.</summary>
    public const int RepetitionSample = 2_000;

    /// <summary>What depends on which dialogues come first is the mean of so many orders; one order alone is off by 2 %.</summary>
    private const int Draws = 5;

    private const int Commonest = 10;
    private const int OpeningLength = 3;

    /// <param name="corpus">The corpus.</param>
    /// <param name="speaker">Whose utterances.</param>
    /// <param name="tokens">On how many words distinct-n and entropy are measured.</param>
    /// <param name="vocabulary">The corpus' words.</param>
    public static SpeakerReport Of(TokenisedCorpus corpus, Speaker speaker, int tokens, Vocabulary vocabulary)
    {
        var all = corpus.By(speaker).ToList();
        var draws = Enumerable.Range(0, Draws).Select(draw => Draw(corpus.Shuffled(draw), speaker, tokens)).ToList();
        var openings = corpus.Dialogues.Select(d => d.By(speaker).FirstOrDefault()).OfType<TokenisedUtterance>().ToList();
        var closings = corpus.Dialogues.Select(d => d.By(speaker).LastOrDefault()).OfType<TokenisedUtterance>().ToList();
        var opening = Ranked(openings.Select(u => u.Text));
        var closing = Ranked(closings.Select(u => u.Text));
        return new SpeakerReport
        {
            Utterances = all.Count,
            WordsPerUtterance = all.Count == 0 ? 0 : all.Average(u => u.Tokens.Length),
            Tokens = draws[0].Words.Sum(words => words.Count),
            Distinct1 = draws.Average(d => NGrams.Distinct(d.Words, 1)),
            Distinct2 = draws.Average(d => NGrams.Distinct(d.Words, 2)),
            Distinct3 = draws.Average(d => NGrams.Distinct(d.Words, 3)),
            BigramEntropy = draws.Average(d => NGrams.ConditionalEntropy(d.Words)),
            RepeatedOf = draws[0].Texts.Count,
            RepeatedShare = draws.Average(d => NGrams.Repeated(d.Texts)),
            SharedOpening = opening.Select(f => f.Count).FirstOrDefault(),
            SharedClosing = closing.Select(f => f.Count).FirstOrDefault(),
            Openings = [.. opening.Take(Commonest)],
            OpeningWords = [.. Ranked(openings.Select(u => string.Join(' ', u.Tokens.Take(OpeningLength).Select(t => vocabulary[t])))).Take(Commonest)],
            Closings = [.. closing.Take(Commonest)],
        };
    }

    /// <summary>Commonest first, then in ordinal order.</summary>
    internal static IReadOnlyList<Frequency> Ranked(IEnumerable<string> texts)
    {
        var counts = texts.CountBy(text => text, StringComparer.Ordinal).ToList();
        var all = counts.Sum(pair => pair.Value);
        return
        [
            .. counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => new Frequency(pair.Key, pair.Value, (double)pair.Value / all)),
        ];
    }

    /// <summary>The first words, the last utterance cut where they are enough, and the first texts.</summary>
    private static (List<ArraySegment<int>> Words, List<string> Texts) Draw(IReadOnlyList<TokenisedDialogue> dialogues, Speaker speaker, int tokens)
    {
        var words = new List<ArraySegment<int>>();
        var texts = new List<string>();
        var left = tokens;
        foreach (var utterance in dialogues.SelectMany(d => d.By(speaker)))
        {
            if (left == 0 && texts.Count == RepetitionSample)
            {
                break;
            }

            var taken = Math.Min(left, utterance.Tokens.Length);
            if (taken > 0)
            {
                words.Add(new ArraySegment<int>(utterance.Tokens, 0, taken));
                left -= taken;
            }

            if (texts.Count < RepetitionSample)
            {
                texts.Add(utterance.Text);
            }
        }

        return (words, texts);
    }
}
