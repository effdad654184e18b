using System.Diagnostics;
using System.Globalization;
using DialogueMesh.Benchmarks.Search;
using DialogueMesh.Vectors;

// COUNT DIMENSION [--vectors] [--no-self-join]: searches among clustered unit vectors; --vectors leaves them for sklearn_search.py.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var count = args.Length > 0 ? int.Parse(args[0]) : 100_000;
var dimension = args.Length > 1 ? int.Parse(args[1]) : 384;
const int Queries = 512;
var vectors = new ClusteredVectors(dimension);
using var index = new ExactIndex(dimension);
var adding = TimeSpan.Zero;
foreach (var row in vectors.Rows(count))
{
    var start = Stopwatch.GetTimestamp();
    index.Add(row);
    adding += Stopwatch.GetElapsedTime(start);
}

Console.WriteLine($"{count:N0} x {dimension}: {adding.TotalMicroseconds / count:F1} µs to add one");
var queries = vectors.Rows(Queries, first: count).SelectMany(row => row).ToArray();
var best = new Neighbour[Queries];
foreach (var threshold in new[] { 0.9, 0.75 })
{
    Timing.Report($"threshold {threshold}, 16 at a time", Queries, () => index.Nearest(queries, threshold, best));
    Timing.Report($"threshold {threshold}, one at a time", Queries, () => OneByOne(threshold));
    Console.WriteLine($"  {best.Count(neighbour => neighbour.Index >= 0)} of {Queries} have a neighbour there");
}

Timing.Report("nearest, one at a time", Queries, () => OneByOne(double.NegativeInfinity), rounds: 1);
Memory.Report();
if (args.Contains("--vectors"))
{
    NumpyFiles.Write("vectors.npy", index, count);
    NumpyFiles.Write("queries.npy", queries, dimension);
}

if (!args.Contains("--no-self-join"))
{
    IReadOnlyList<NearPair> pairs = [];
    Timing.Report("self-join at 0.9", 1, () => pairs = index.NearPairs(0.9), rounds: 1);
    Console.WriteLine($"  {pairs.Count:N0} pairs");
}

void OneByOne(double atLeast)
{
    for (var query = 0; query < Queries; query++)
    {
        index.Nearest(queries.AsSpan(query * dimension, dimension), atLeast, best.AsSpan(query, 1));
    }
}
