using DialogueMesh.Contracts.Randomness;
using DialogueMesh.Measures.Classifier;
using DialogueMesh.Measures.Words;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace DialogueMesh.Tests.Measures;

public sealed class ClassifierTests
{
    private readonly Vocabulary vocabulary = new();

    [Fact]
    public void Auc_AnyScores_IsThatOfANaiveLoop() => Prop.ForAll(ArbMap.Default.ArbFor<(byte Score, bool Label)[]>(), drawn =>
    {
        var scored = drawn.Select(d => ((double)(d.Score % 6), d.Label)).ToArray();
        var wins = from t in scored where t.Label from f in scored where !f.Label select t.Item1 > f.Item1 ? 1.0 : t.Item1 < f.Item1 ? 0 : 0.5;
        Assert.Equal(wins.Any() ? wins.Average() : -1, Auc.Of(scored) ?? -1, 9);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Train_AnyVectors_EndsWhereTheGradientIsNext0()
    {
        var random = new SeededRandom("classifier tests");
        var vectors = Enumerable.Range(0, 40).Select(_ => new SparseVector([0, 1, 2], [random.NextDouble(), random.NextDouble(), random.NextDouble()])).ToList();
        var labels = vectors.Select(v => v.Values[0] + random.NextDouble() > 1).ToList();
        var model = LogisticRegression.Train(vectors, labels, 3);

        // At the optimum w = Σ residual · x and Σ residual = 0; the weights are the scores' differences.
        var residuals = vectors.Select((v, i) => (labels[i] ? 1 : 0) - (1 / (1 + Math.Exp(-model.Score(v))))).ToList();
        var bias = model.Score(new SparseVector([], []));
        Assert.Equal(0, residuals.Sum(), 2);
        for (var feature = 0; feature < 3; feature++)
        {
            var weight = model.Score(new SparseVector([feature], [1])) - bias;
            Assert.Equal(vectors.Select((v, i) => residuals[i] * v.Values[feature]).Sum(), weight, 2);
        }
    }

    [Fact]
    public void TfIdf_Texts_LeavesOutWhatOneTextHasAndScalesTo1()
    {
        var space = TfIdf.Of([[[1, 2]], [[1, 2], [3]], [[2, 1]], [[9]]]);

        // Words 1 and 2 and the pair 1 2; not 2 1, 3 and 9.
        Assert.Equal(3, space.Features);
        Assert.All(space.Vectors.Take(3), v => Assert.Equal(1, v.Values.Sum(x => x * x), 12));
        Assert.Empty(space.Vectors[3].Indices);
        Assert.True(space.Vectors[0].Values[2] > space.Vectors[0].Values[0], "a rarer feature weighs more");
    }

    [Fact]
    public void Compare_TheSameDialogues_CannotBeToldApart()
    {
        var dialogues = Talks("taxi", 40);

        var report = Compare(dialogues, dialogues);

        Assert.Equal(40, report.DialoguesEach);
        Assert.All(new[] { report.UserUtterances, report.SystemUtterances, report.Dialogues }, auc => Assert.Equal(0.5, auc!.Value, 6));
    }

    [Fact]
    public void Compare_SamplesOfOneSource_AreNearHalf()
    {
        var talks = Talks("taxi", 400);

        var report = Compare(talks[..200], talks[200..]);

        Assert.All(new[] { report.UserUtterances, report.SystemUtterances, report.Dialogues }, auc => Assert.InRange(auc!.Value, 0.4, 0.6));
    }

    [Fact]
    public void Compare_OtherWords_AreToldApart()
    {
        var report = Compare(Talks("taxi", 30), Talks("cab", 30));

        Assert.Equal(1, report.UserUtterances!.Value, 6);
        Assert.InRange(report.SystemUtterances!.Value, 0.3, 0.7);
        Assert.Equal(1, report.Dialogues!.Value, 6);
    }

    [Fact]
    public void Compare_OtherNumbersOnly_CannotBeToldApart()
    {
        var report = Compare(Talks("room 123", 60), Talks("room 456", 60));

        Assert.InRange(report.UserUtterances!.Value, 0.35, 0.65);
    }

    [Fact]
    public void Compare_TooFewDialogues_IsNull() => Assert.Null(
        TwoCorpora.Compare(Corpora.Tokenised(vocabulary, Talks("taxi", 19)), Corpora.Tokenised(vocabulary, Talks("taxi", 40)), vocabulary));

    private static string[] Talks(string what, int count)
    {
        var random = new SeededRandom("talks", what);
        return
        [
            .. Enumerable.Range(0, count).Select(_ =>
                $"A {what} from {Word(random)} to {Word(random)}|For {Word(random)} or {Word(random)}?|{Word(random)} {what}|Done {Word(random)}"),
        ];
    }

    private static string Word(SeededRandom random) => random.Pick(["here", "there", "home", "town", "port", "inn", "mill", "hill", "lake", "park"]);

    private ClassifierReport Compare(string[] left, string[] right) =>
        TwoCorpora.Compare(Corpora.Tokenised(vocabulary, left), Corpora.Tokenised(vocabulary, right), vocabulary)!;
}
