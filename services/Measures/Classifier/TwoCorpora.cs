using DialogueMesh.Contracts.Randomness;
using DialogueMesh.Measures.Words;
using DialogueMesh.Scenario.Corpora;

namespace DialogueMesh.Measures.Classifier;

/// <summary>
/// Has a classifier learn to tell two corpora apart, and asks it about dialogues that it has not seen (five folds, the mean of
/// their AUCs). As many dialogues of each, digits as 0. A dialogue's utterances, and dialogues with the same text, are in one fold.
/// </summary>
internal static class TwoCorpora
{
    /// <summary>Fewer than this of each tell nothing.</summary>
    public const int LeastDialogues = 20;

    private const int MostDialogues = 300;
    private const int Folds = 5;

    /// <summary>Null where either has less than <see cref="LeastDialogues"/>.</summary>
    public static ClassifierReport? Compare(TokenisedCorpus left, TokenisedCorpus right, Vocabulary vocabulary)
    {
        var each = Math.Min(MostDialogues, Math.Min(left.Dialogues.Count, right.Dialogues.Count));
        if (each < LeastDialogues)
        {
            return null;
        }

        var digits = new DigitFolding(vocabulary);
        var samples = left.Shuffled(0).Take(each).Select(d => (Dialogue: d, Label: true))
            .Concat(right.Shuffled(0).Take(each).Select(d => (Dialogue: d, Label: false))).ToList();
        var folds = FoldsOf(samples);
        return new ClassifierReport(each, Level(d => Single(d, Speaker.User)), Level(d => Single(d, Speaker.System)), Level(Whole));

        double? Level(Func<TokenisedDialogue, IEnumerable<IReadOnlyList<int[]>>> texts) => CrossValidated(
            [.. samples.SelectMany((s, i) => texts(s.Dialogue).Select(text => new Example([.. text.Select(digits.Apply)], s.Label, folds[i])))]);
    }

    /// <summary>Null where in no fold both classes are found.</summary>
    internal static double? CrossValidated(IReadOnlyList<Example> examples)
    {
        var space = TfIdf.Of([.. examples.Select(e => e.Text)]);
        var areas = Enumerable.Range(0, Folds).Select(fold => OneFold(examples, space, fold)).OfType<double>().ToList();
        return areas.Count == 0 ? null : areas.Average();
    }

    private static double? OneFold(IReadOnlyList<Example> examples, TfIdf space, int fold)
    {
        var training = Enumerable.Range(0, examples.Count).Where(i => examples[i].Fold != fold).ToList();
        if (training.Select(i => examples[i].Label).Distinct().Count() < 2)
        {
            return null;
        }

        var model = LogisticRegression.Train([.. training.Select(i => space.Vectors[i])], [.. training.Select(i => examples[i].Label)], space.Features);
        return Auc.Of([.. Enumerable.Range(0, examples.Count).Where(i => examples[i].Fold == fold)
            .Select(i => (model.Score(space.Vectors[i]), examples[i].Label))]);
    }

    private static IEnumerable<IReadOnlyList<int[]>> Single(TokenisedDialogue dialogue, Speaker speaker) =>
        dialogue.By(speaker).Select(u => (IReadOnlyList<int[]>)[u.Tokens]);

    private static IEnumerable<IReadOnlyList<int[]>> Whole(TokenisedDialogue dialogue) => [[.. dialogue.Utterances.Select(u => u.Tokens)]];

    /// <summary>
    /// Dealt in turn, for what is on the one side, on the other and on both by itself. A text that both sides have, in training
    /// with one label and in the test with the other, would make what is alike look like the opposite.
    /// </summary>
    private static int[] FoldsOf(List<(TokenisedDialogue Dialogue, bool Label)> samples)
    {
        var groups = samples.Select((s, i) => (s.Dialogue.Text, s.Label, Index: i)).GroupBy(s => s.Text, StringComparer.Ordinal).ToList();
        new SeededRandom("measures", "folds").Shuffle(groups);
        var folds = new int[samples.Count];
        foreach (var kind in groups.GroupBy(g => (g.Any(s => s.Label), g.Any(s => !s.Label))))
        {
            foreach (var (turn, group) in kind.Index())
            {
                foreach (var sample in group)
                {
                    folds[sample.Index] = turn % Folds;
                }
            }
        }

        return folds;
    }
}

/// <summary>A text to learn from or to be asked about.</summary>
/// <param name="Text">Its utterances' words.</param>
/// <param name="Label">Its class.</param>
/// <param name="Fold">In which fold it is asked about.</param>
internal sealed record Example(IReadOnlyList<int[]> Text, bool Label, int Fold);
