namespace DialogueMesh.Measures.Classifier;

/// <summary>The value of a smooth function at a point, and its gradient there.</summary>
internal delegate double Objective(double[] point, double[] gradient);

/// <summary>Minimises a smooth convex function: limited-memory BFGS (Nocedal and Wright, algorithm 7.5) with backtracking.</summary>
internal static class Lbfgs
{
    private const int Memory = 8;
    private const int MostSteps = 100;
    private const int MostHalvings = 30;
    private const double SufficientDecrease = 1e-4;

    /// <summary>Of the first gradient's length; the ranks that AUC is made of do not change any more.</summary>
    private const double Tolerance = 1e-4;

    /// <param name="objective">The function.</param>
    /// <param name="dimension">Of its points; starts from 0.</param>
    public static double[] Minimise(Objective objective, int dimension)
    {
        var point = new double[dimension];
        var gradient = new double[dimension];
        var value = objective(point, gradient);
        var enough = Tolerance * Norm(gradient);
        var memory = new Queue<Step>();
        for (var step = 0; step < MostSteps && Norm(gradient) > enough; step++)
        {
            var direction = Direction(gradient, memory);
            if (Search(objective, point, value, gradient, direction, memory.Count == 0 ? 1 / Norm(gradient) : 1) is not { } found)
            {
                break;
            }

            Remember(memory, Difference(found.Point, point), Difference(found.Gradient, gradient));
            (point, gradient, value) = found;
        }

        return point;
    }

    /// <summary>−H·gradient, where H approximates the inverse Hessian from the steps remembered.</summary>
    private static double[] Direction(double[] gradient, Queue<Step> memory)
    {
        var direction = Array.ConvertAll(gradient, g => -g);
        var factors = new double[memory.Count];
        var steps = memory.ToArray();
        for (var i = steps.Length - 1; i >= 0; i--)
        {
            factors[i] = Dot(steps[i].Moved, direction) / steps[i].Curvature;
            Add(direction, steps[i].Turned, -factors[i]);
        }

        if (steps is [.., var last])
        {
            var scale = last.Curvature / Dot(last.Turned, last.Turned);
            for (var i = 0; i < direction.Length; i++)
            {
                direction[i] *= scale;
            }
        }

        for (var i = 0; i < steps.Length; i++)
        {
            Add(direction, steps[i].Moved, factors[i] - (Dot(steps[i].Turned, direction) / steps[i].Curvature));
        }

        return direction;
    }

    private static (double[] Point, double[] Gradient, double Value)? Search(
        Objective objective, double[] point, double value, double[] gradient, double[] direction, double rate)
    {
        var slope = Dot(gradient, direction);
        for (var halving = 0; halving < MostHalvings; halving++, rate /= 2)
        {
            var next = (double[])point.Clone();
            Add(next, direction, rate);
            var turned = new double[point.Length];
            var reached = objective(next, turned);
            if (reached <= value + (SufficientDecrease * rate * slope))
            {
                return (next, turned, reached);
            }
        }

        return null;
    }

    private static void Remember(Queue<Step> memory, double[] moved, double[] turned)
    {
        if (Dot(moved, turned) is var curvature and > 1e-12)
        {
            memory.Enqueue(new Step(moved, turned, curvature));
            if (memory.Count > Memory)
            {
                memory.Dequeue();
            }
        }
    }

    private static double[] Difference(double[] left, double[] right)
    {
        var difference = (double[])left.Clone();
        Add(difference, right, -1);
        return difference;
    }

    private static void Add(double[] target, double[] other, double factor)
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] += factor * other[i];
        }
    }

    // Sums in one order, not by vector registers: the same result on every machine.
    private static double Dot(double[] left, double[] right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    private static double Norm(double[] vector) => Math.Sqrt(Dot(vector, vector));

    /// <summary>A step: how far the point moved, how the gradient turned, and the product of the two.</summary>
    private sealed record Step(double[] Moved, double[] Turned, double Curvature);
}
