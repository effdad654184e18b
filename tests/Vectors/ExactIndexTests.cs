using DialogueMesh.Contracts.Randomness;
using DialogueMesh.Vectors;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace DialogueMesh.Tests.Vectors;

public sealed class ExactIndexTests
{
    [Fact]
    public void Nearest_AnyVectors_EqualsTheNaiveLoop() =>
        Prop.ForAll(Gen.Choose(1, 100_000).ToArbitrary(), seed =>
        {
            var random = new SeededRandom(seed, "vectors");
            var dimension = random.Between(1, 40);
            var vectors = Enumerable.Range(0, random.Between(1, 60)).Select(_ => Unit(random, dimension)).ToList();
            // Copies and near-copies: ties, and differences below float32's rounding.
            vectors.AddRange(vectors.Take(20).Select(v => Nudged(v, random)).ToList());
            var index = Index(dimension, vectors);
            var query = random.Chance(0.5) ? random.Pick(vectors) : Unit(random, dimension);
            var cosines = vectors.Select(v => Naive(v, query)).ToList();
            var threshold = random.Pick(cosines);
            return index.Nearest(query) == new Neighbour(cosines.IndexOf(cosines.Max()), cosines.Max())
                && index.AnyAtLeast(query, threshold)
                && index.AnyAtLeast(query, Math.BitIncrement(threshold)) == cosines.Any(c => c > threshold);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nearest_Ties_GivesTheLowestIndex()
    {
        var index = Index(3, [[0, 1, 0], [1, 0, 0], [1, 0, 0]]);
        Assert.Equal(new Neighbour(1, 1), index.Nearest([1, 0, 0]));
    }

    [Fact]
    public void Nearest_Empty_IsNull()
    {
        var index = new ExactIndex(2);
        Assert.Null(index.Nearest([1, 0]));
        Assert.False(index.AnyAtLeast([1, 0], -1));
    }

    [Fact]
    public void Add_MoreThanAChunk_KeepsEveryVector()
    {
        var random = new SeededRandom(1);
        var vectors = Enumerable.Range(0, 9000).Select(_ => Unit(random, 5)).ToList();
        var index = Index(5, vectors);
        for (var i = 0; i < vectors.Count; i += 977)
        {
            Assert.Equal(vectors[i], index[i].ToArray());
            Assert.Equal(i, index.Nearest(vectors[i])!.Value.Index);
        }
    }

    [Theory]
    [InlineData(new float[] { 1, 0, 0 })]
    [InlineData(new float[] { 1, 1 })]
    [InlineData(new float[] { float.NaN, 0 })]
    [InlineData(new float[] { 0, 0 })]
    public void Add_NoUnitVectorOfTheDimension_Throws(float[] vector)
    {
        Assert.Throws<ArgumentException>(() => new ExactIndex(2).Add(vector));
        Assert.Throws<ArgumentException>(() => new ExactIndex(2).Nearest(vector));
    }

    [Fact]
    public void RoundingBound_RandomVectors_IsNeverExceeded()
    {
        var random = new SeededRandom(7);
        for (var i = 0; i < 200; i++)
        {
            var (a, b) = (Unit(random, 384), Unit(random, 384));
            var single = 0f;
            for (var k = 0; k < a.Length; k++)
            {
                single += a[k] * b[k];
            }

            Assert.True(Math.Abs(single - Naive(a, b)) <= ExactIndex.RoundingBound(384));
        }
    }

    private static ExactIndex Index(int dimension, IEnumerable<float[]> vectors)
    {
        var index = new ExactIndex(dimension);
        foreach (var vector in vectors)
        {
            index.Add(vector);
        }

        return index;
    }

    private static float[] Nudged(float[] vector, SeededRandom random)
    {
        var copy = (float[])vector.Clone();
        var place = random.Next(copy.Length);
        copy[place] = random.Chance(0.5) ? copy[place] : MathF.BitIncrement(copy[place]);
        return copy;
    }

    private static float[] Unit(SeededRandom random, int dimension)
    {
        var numbers = Enumerable.Range(0, dimension).Select(_ => random.NextDouble() - 0.5).ToList();
        var norm = Math.Sqrt(numbers.Sum(x => x * x));
        return [.. numbers.Select(x => (float)(x / norm))];
    }

    private static double Naive(float[] a, float[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += (double)a[i] * b[i];
        }

        return sum;
    }
}
