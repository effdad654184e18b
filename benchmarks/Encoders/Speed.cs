using System.Diagnostics;
using DialogueMesh.Embedding;

namespace DialogueMesh.Benchmarks.Encoders;

internal static class Speed
{
    /// <summary>Encodes texts for the time given, as a run does, one by one, on as many threads as given.</summary>
    public static async Task MeasureAsync(ITextEncoder encoder, string[] texts, int threads, TimeSpan time)
    {
        await RunAsync(encoder, texts, 0, time / 10);
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, threads).Select(thread =>
            Task.Run(() => RunAsync(encoder, texts, texts.Length * thread / threads, time))));
        var seconds = clock.Elapsed.TotalSeconds;
        var utterances = texts.Average(text => text.Split('\n').Length);
        Console.WriteLine(
            $"{encoder.Id.Name}: {counts.Sum() / seconds:N0} texts/s of {utterances:F1} utterances ({utterances * counts.Sum() / seconds:N0} utterances/s), {threads} threads, {seconds:F1} s");
    }

    private static async Task<long> RunAsync(ITextEncoder encoder, string[] texts, int first, TimeSpan time)
    {
        var count = 0L;
        var one = new string[1];
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < time; count++)
        {
            one[0] = texts[(int)((first + count) % texts.Length)];
            await encoder.EncodeAsync(one, CancellationToken.None);
        }

        return count;
    }
}
