using DialogueMesh.Contracts.Randomness;

namespace DialogueMesh.Benchmarks.Search;

/// <summary>
/// Unit vectors around 200 centres, as dialogues lie around their tasks: cosines within a cluster about 0.6 in the mean; one
/// vector in a hundred is a near-copy of one before it.
/// </summary>
internal sealed class ClusteredVectors(int dimension)
{
    private const int Centres = 200;

    private readonly float[][] centres =
        [.. Enumerable.Range(0, Centres).Select(i => Gaussian(new SeededRandom(i, "centre"), dimension))];

    /// <param name="count">Rows.</param>
    /// <param name="first">Number of the first; the same numbers give the same rows.</param>
    public IEnumerable<float[]> Rows(int count, int first = 0)
    {
        for (var number = first; number < first + count; number++)
        {
            yield return number > 0 && number % 100 == 0 ? Around(Row(number / 2), number, 0.25f) : Row(number);
        }
    }

    private float[] Row(int number) => Around(centres[new SeededRandom(number, "cluster").Next(Centres)], number, 0.8f);

    private float[] Around(float[] centre, int number, float spread)
    {
        var noise = Gaussian(new SeededRandom(number, "noise"), dimension);
        var row = centre.Zip(noise, (c, n) => c + (spread * n)).ToArray();
        return Unit(row);
    }

    private static float[] Gaussian(SeededRandom random, int dimension)
    {
        var numbers = new float[dimension];
        for (var i = 0; i < dimension; i++)
        {
            numbers[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        }

        return Unit(numbers);
    }

    private static float[] Unit(float[] numbers)
    {
        var norm = Math.Sqrt(numbers.Sum(x => (double)x * x));
        return [.. numbers.Select(x => (float)(x / norm))];
    }
}
