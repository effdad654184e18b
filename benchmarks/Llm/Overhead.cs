using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using DialogueMesh.Llm;
using DialogueMesh.Llm.Counting;
using Microsoft.Extensions.DependencyInjection;

namespace DialogueMesh.Benchmarks.Llm;

/// <summary>
/// Sends so many calls a second, whether or not earlier ones are answered, to a server without latency: once by a bare
/// HttpClient with a fixed body, once by the client with everything it does.
/// </summary>
internal static class Overhead
{
    private const int WarmUpSeconds = 5;

    public static async Task RunAsync(int rate, int seconds)
    {
        await using var server = await ServerProcess.StartAsync(new ServerLimits(10_000_000, 1_000_000_000, 0, Tells: true));
        await using var services = server.Client();
        var model = services.GetRequiredService<ILanguageModel>();
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "benchmark");
        var url = new Uri(server.Address, "/v1/chat/completions");

        Task Bare(long i) => PostAsync(http, url, i);
        async Task Client(long i)
        {
            if (await model.CompleteAsync(ServerProcess.Request(i), CancellationToken.None) is not ChatOutcome.Answered)
            {
                throw new InvalidOperationException("no answer");
            }
        }

        foreach (var (name, call) in new (string, Func<long, Task>)[] { ("bare HttpClient", Bare), ("client", Client) })
        {
            await LatenciesAsync(call, rate, WarmUpSeconds);
            var latencies = await LatenciesAsync(call, rate, seconds);
            Console.WriteLine(
                $"{name,-16} {latencies.Length / (double)seconds,6:0} calls/s   p50 {At(latencies, 0.50):0.00} ms   p95 {At(latencies, 0.95):0.00} ms   p99 {At(latencies, 0.99):0.00} ms   most {latencies[^1]:0.0} ms");
        }

        Console.WriteLine($"429s: {services.GetRequiredService<LlmCounters>().Activity().RateLimited}");
    }

    private static double At(double[] sorted, double quantile) => sorted[(int)Math.Ceiling((quantile * sorted.Length) - 1)];

    /// <summary>Of each call from when it was due, in milliseconds, ascending.</summary>
    private static async Task<double[]> LatenciesAsync(Func<long, Task> call, int rate, int seconds)
    {
        var time = TimeProvider.System;
        var start = time.GetTimestamp();
        var calls = new List<Task<double>>(rate * seconds);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (calls.Count < rate * seconds)
        {
            await timer.WaitForNextTickAsync();
            var due = Math.Min((int)(time.GetElapsedTime(start).TotalSeconds * rate), rate * seconds);
            while (calls.Count < due)
            {
                var i = calls.Count;

                // The queue of the thread pool, not this loop, is where a call waits for its turn.
                calls.Add(Task.Run(() => TimedAsync(call, i, time)));
            }
        }

        var latencies = await Task.WhenAll(calls);
        Array.Sort(latencies);
        return latencies;
    }

    private static async Task<double> TimedAsync(Func<long, Task> call, long i, TimeProvider time)
    {
        var sent = time.GetTimestamp();
        await call(i);
        return time.GetElapsedTime(sent).TotalMilliseconds;
    }

    private static async Task PostAsync(HttpClient http, Uri url, long seed)
    {
        var request = ServerProcess.Request(seed);
        var body = JsonSerializer.Serialize(new { model = request.Model, system = request.System, user = request.User, schema = request.Schema, seed });
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(url, content);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        if (!answer.RootElement.TryGetProperty("usage", out _))
        {
            throw new InvalidOperationException("no answer");
        }
    }
}
