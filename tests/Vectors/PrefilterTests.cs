using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using DialogueMesh.Contracts.Randomness;
using DialogueMesh.Vectors.Prefilter;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace DialogueMesh.Tests.Vectors;

public sealed class PrefilterTests
{
    [Fact]
    public void Bounds_AnyVectors_AreNeverBelowTheCosine() =>
        Prop.ForAll(Gen.Choose(1, 100_000).ToArbitrary(), seed =>
        {
            var random = new SeededRandom(seed, "bounds");
            var dimension = random.Between(1, 300);
            var layout = new Layout(dimension);
            var codes = new sbyte[layout.HeadBytes + layout.TailBytes];
            var vectors = Enumerable.Range(0, 40).Select(_ => Unit(random, dimension)).ToList();
            var chunk = new CodeChunk(layout);
            for (var row = 0; row < vectors.Count; row++)
            {
                chunk.Write(row, Quantised.Of(vectors[row], layout.Head, codes), codes);
            }

            var queries = vectors.Take(3).Concat(Enumerable.Range(0, random.Between(0, 8)).Select(_ => Unit(random, dimension))).ToList();
            var tile = new QueryTile(layout);
            tile.Load(queries.SelectMany(q => q).ToArray(), dimension, 1.001);
            tile.BoundHeads(chunk, vectors.Count);
            return Enumerable.Range(0, queries.Count).All(q => Enumerable.Range(0, vectors.Count).All(row =>
                Cosine(queries[q], vectors[row]) is var cosine
                && tile.Bounds(q)[row] >= cosine
                && tile.BoundWhole(chunk, row, q) >= cosine
                && tile.BoundWhole(chunk, row, q) <= cosine + 0.1));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Add_EveryPath_GivesTheSameSums()
    {
        var random = new SeededRandom(2);
        for (var i = 0; i < 1000; i++)
        {
            var (codes, query) = (new byte[32], new sbyte[32]);
            for (var k = 0; k < 32; k++)
            {
                (codes[k], query[k]) = random.Chance(0.1) ? ((byte)255, (sbyte)-127) : ((byte)random.Between(0, 255), (sbyte)random.Between(-127, 127));
            }

            var expected = Enumerable.Range(0, 8).Select(lane => i + Enumerable.Range(4 * lane, 4).Sum(k => codes[k] * query[k])).ToArray();
            Vector256<int> start = Vector256.Create(i);
            var (left, right) = (Vector256.Create(codes), Vector256.Create(query));
            Assert.Equal(expected, Lanes(CodeProduct.Add(start, left, right)));
            Assert.Equal(expected, Lanes(CodeProduct.AddByLanes(start, left, right)));
            if (Avx2.IsSupported)
            {
                Assert.Equal(expected, Lanes(CodeProduct.AddByPairs(start, left, right)));
            }
        }
    }

    private static int[] Lanes(Vector256<int> vector) => MemoryMarshal.Cast<Vector256<int>, int>([vector]).ToArray();

    private static double Cosine(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();

    // Some with one large number, which leaves the others few codes, some with zeros.
    private static float[] Unit(SeededRandom random, int dimension)
    {
        var spike = random.Chance(0.3) ? random.Next(dimension) : -1;
        var numbers = Enumerable.Range(0, dimension)
            .Select(i => i == spike ? 20 : random.Chance(0.2) ? 0 : random.NextDouble() - 0.5).ToList();
        numbers[0] += 0.01;
        var norm = Math.Sqrt(numbers.Sum(x => x * x));
        return [.. numbers.Select(x => (float)(x / norm))];
    }
}
