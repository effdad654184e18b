namespace DialogueMesh.Measures.Classifier;

/// <summary>The entries of a vector that are not 0: <see cref="Values"/> at <see cref="Indices"/>, in any order.</summary>
internal readonly record struct SparseVector(int[] Indices, double[] Values)
{
    public double Dot(double[] dense)
    {
        var sum = 0.0;
        for (var i = 0; i < Indices.Length; i++)
        {
            sum += Values[i] * dense[Indices[i]];
        }

        return sum;
    }

    /// <summary>Adds <paramref name="factor"/> times this to <paramref name="dense"/>.</summary>
    public void AddTo(double[] dense, double factor)
    {
        for (var i = 0; i < Indices.Length; i++)
        {
            dense[Indices[i]] += factor * Values[i];
        }
    }
}
