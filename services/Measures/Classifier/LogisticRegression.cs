namespace DialogueMesh.Measures.Classifier;

/// <summary>Tells two classes apart: minimises ½|w|² + Σ ln(1 + exp(−y(w·x + b))), y = ±1, with b not regularised.</summary>
internal sealed class LogisticRegression
{
    private readonly double[] weights;
    private readonly double bias;

    private LogisticRegression(double[] weights, double bias) => (this.weights, this.bias) = (weights, bias);

    /// <param name="vectors">At least one of each class.</param>
    /// <param name="labels">Their classes.</param>
    /// <param name="features">The vectors' dimension.</param>
    public static LogisticRegression Train(IReadOnlyList<SparseVector> vectors, IReadOnlyList<bool> labels, int features)
    {
        var point = Lbfgs.Minimise((at, gradient) => Loss(vectors, labels, features, at, gradient), features + 1);
        return new LogisticRegression(point, point[features]);
    }

    /// <summary>The log odds of the class labelled true.</summary>
    public double Score(SparseVector vector) => vector.Dot(weights) + bias;

    /// <summary>The bias is the last of the point.</summary>
    private static double Loss(IReadOnlyList<SparseVector> vectors, IReadOnlyList<bool> labels, int features, double[] point, double[] gradient)
    {
        var loss = 0.0;
        for (var i = 0; i < features; i++)
        {
            gradient[i] = point[i];
            loss += 0.5 * point[i] * point[i];
        }

        gradient[features] = 0;
        for (var i = 0; i < vectors.Count; i++)
        {
            var sign = labels[i] ? 1.0 : -1.0;
            var margin = sign * (vectors[i].Dot(point) + point[features]);
            loss += margin > 0 ? Math.Log(1 + Math.Exp(-margin)) : Math.Log(1 + Math.Exp(margin)) - margin;
            var slope = -sign / (1 + Math.Exp(margin));
            vectors[i].AddTo(gradient, slope);
            gradient[features] += slope;
        }

        return loss;
    }
}
