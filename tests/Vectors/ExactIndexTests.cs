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
            var dimension = random.Between(1, 200);
            var vectors = Clustered(random, dimension, random.Between(1, 60));
            using var index = Index(dimension, vectors);
            var query = random.Chance(0.5) ? random.Pick(vectors) : Unit(random, dimension);
            var cosines = vectors.Select(v => Naive(v, query)).ToList();
            var (highest, threshold) = (cosines.Max(), random.Pick(cosines));
            return index.Nearest(query) == new Neighbour(cosines.IndexOf(highest), highest)
                && Nearest(index, query, threshold) == new Neighbour(cosines.IndexOf(highest), highest)
                && Nearest(index, query, Math.BitIncrement(highest)).Index == -1;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nearest_ManyQueriesAtOnce_AnswersEachAsAlone() =>
        Prop.ForAll(Gen.Choose(1, 100_000).ToArbitrary(), seed =>
        {
            var random = new SeededRandom(seed, "tiles");
            var dimension = random.Between(1, 120);
            using var index = Index(dimension, Clustered(random, dimension, 80));
            var queries = Enumerable.Range(0, random.Between(1, 40)).Select(_ => Unit(random, dimension)).ToList();
            var best = new Neighbour[queries.Count];
            index.Nearest(queries.SelectMany(q => q).ToArray(), double.NegativeInfinity, best);
            return best.SequenceEqual(queries.Select(q => index.Nearest(q)!.Value));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void NearPairs_AnyVectors_AreThoseOfTheNaiveLoop() =>
        Prop.ForAll(Gen.Choose(1, 100_000).ToArbitrary(), seed =>
        {
            var random = new SeededRandom(seed, "pairs");
            var dimension = random.Between(2, 100);
            var vectors = Clustered(random, dimension, random.Between(1, 60));
            using var index = Index(dimension, vectors);
            var threshold = Naive(random.Pick(vectors), random.Pick(vectors));
            var naive =
                from later in Enumerable.Range(0, vectors.Count)
                from earlier in Enumerable.Range(0, later)
                let cosine = Naive(vectors[later], vectors[earlier])
                where cosine >= threshold
                select new NearPair(earlier, later, cosine);
            return index.NearPairs(threshold).SequenceEqual(naive);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Search_MoreThanOneChunk_EqualsTheNaiveLoop()
    {
        var random = new SeededRandom(6);
        var vectors = Clustered(random, 24, 5000);
        using var index = Index(24, vectors);
        for (var threshold = 0.999; threshold > 0.9; threshold -= 0.03)
        {
            var query = Between(vectors[random.Next(vectors.Count)], Unit(random, 24), 0.1);
            var cosines = vectors.Select(v => Naive(v, query)).ToList();
            var (highest, found) = (cosines.Max(), Nearest(index, query, threshold));
            Assert.Equal(highest >= threshold ? cosines.IndexOf(highest) : -1, found.Index);
        }

        const double High = 0.995;
        var naive =
            from later in Enumerable.Range(0, vectors.Count)
            from earlier in Enumerable.Range(0, later)
            let cosine = Naive(vectors[later], vectors[earlier])
            where cosine >= High
            select new NearPair(earlier, later, cosine);
        Assert.Equal(naive, index.NearPairs(High));
    }

    [Fact]
    public async Task Nearest_ManyReadersAtOnce_AllocateNoTilesOnceTheyAreThere()
    {
        var random = new SeededRandom(8);
        using var index = Index(384, Enumerable.Range(0, 2000).Select(_ => Unit(random, 384)));
        var query = Unit(random, 384);
        var readers = Environment.ProcessorCount;
        using var barrier = new Barrier(readers);
        var allocated = await Task.WhenAll(Enumerable.Range(0, readers).Select(_ => Task.Factory.StartNew(
            () =>
            {
                for (var warm = 0; warm < 200; warm++)
                {
                    barrier.SignalAndWait();
                    index.Nearest(query);
                }

                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var i = 0; i < 200; i++)
                {
                    index.Nearest(query);
                }

                return GC.GetAllocatedBytesForCurrentThread() - before;
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        // A tile is 262,144 bytes and more.
        Assert.All(allocated, bytes => Assert.InRange(bytes, 0, 300_000));
    }

    [Fact]
    public async Task Nearest_WhileVectorsAreAdded_AnswersFromWhatWasThere()
    {
        var random = new SeededRandom(3);
        var vectors = Enumerable.Range(0, 6000).Select(_ => Unit(random, 24)).ToList();
        using var index = Index(24, vectors.Take(1));
        var writer = Task.Run(() => vectors.Skip(1).ToList().ForEach(v => index.Add(v)), TestContext.Current.CancellationToken);
        do
        {
            var before = index.Count;
            var query = vectors[before - 1];
            Assert.Equal(new Neighbour(before - 1, Naive(query, query)), index.Nearest(query));
        }
        while (!writer.IsCompleted);
        await writer;
        Assert.Equal(vectors.Count, index.Count);
    }

    [Fact]
    public void Nearest_AfterTheFirstSearch_AllocatesNothing()
    {
        var random = new SeededRandom(4);
        using var index = Index(48, Enumerable.Range(0, 500).Select(_ => Unit(random, 48)));
        var query = Unit(random, 48);
        index.Nearest(query);
        var before = GC.GetAllocatedBytesForCurrentThread();
        index.Nearest(query);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Add_MoreThanStaysInMemory_FindsEveryVectorAndLeavesNoFile()
    {
        var random = new SeededRandom(5);
        var vectors = Enumerable.Range(0, 17_000).Select(_ => Unit(random, 6)).ToList();
        using var index = Index(6, vectors);
        for (var i = 0; i < vectors.Count; i += 977)
        {
            Assert.Equal(vectors[i], index[i].ToArray());
            Assert.Equal(i, index.Nearest(vectors[i])!.Value.Index);
        }

        Assert.SkipWhen(OperatingSystem.IsWindows(), "there a mapped file keeps its name");
        Assert.Empty(Directory.GetFiles(Path.GetTempPath(), "dialoguemesh-*.*"));
    }

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
        Assert.Equal(-1, Nearest(index, [1, 0], -1).Index);
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

    // A few centres with vectors at all distances around them; copies and near-copies: ties, differences below float32's rounding.
    private static List<float[]> Clustered(SeededRandom random, int dimension, int count)
    {
        var centres = Enumerable.Range(0, 4).Select(_ => Unit(random, dimension)).ToList();
        var vectors = Enumerable.Range(0, count).Select(_ => Between(random.Pick(centres), Unit(random, dimension), random.NextDouble())).ToList();
        vectors.AddRange(vectors.Take(20).Select(v => Nudged(v, random)).ToList());
        return vectors;
    }

    private static float[] Between(float[] a, float[] b, double share)
    {
        var sum = a.Zip(b, (x, y) => (x * (1 - share)) + (y * share)).ToList();
        var norm = Math.Sqrt(sum.Sum(x => x * x));
        return norm < 1e-6 ? a : [.. sum.Select(x => (float)(x / norm))];
    }

    private static Neighbour Nearest(ExactIndex index, float[] query, double atLeast)
    {
        var best = new Neighbour[1];
        index.Nearest(query, atLeast, best);
        return best[0];
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
