using DialogueMesh.Llm;
using DialogueMesh.Llm.Counting;
using Microsoft.Extensions.DependencyInjection;

namespace DialogueMesh.Benchmarks.Llm;

/// <summary>Callers who always have one more call, for some minutes, against a server's limits.</summary>
internal static class LimitUse
{
    private const int SecondsAMinute = 60;

    public static async Task RunAsync(ServerLimits limits, int minutes)
    {
        await using var server = await ServerProcess.StartAsync(limits);
        await using var services = server.Client();
        var model = services.GetRequiredService<ILanguageModel>();
        using var end = new CancellationTokenSource(TimeSpan.FromMinutes(minutes));
        var seed = 0L;
        await Task.WhenAll(Enumerable.Range(0, LlmOptions.DefaultMaxParallel).Select(_ => Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                try
                {
                    if (await model.CompleteAsync(ServerProcess.Request(Interlocked.Increment(ref seed)), end.Token) is not ChatOutcome.Answered)
                    {
                        throw new InvalidOperationException("no answer");
                    }
                }
                catch (OperationCanceledException) when (end.IsCancellationRequested)
                {
                    return;
                }
            }
        })));
        Write(limits, await server.CountsAsync(), services.GetRequiredService<LlmCounters>().Activity());
    }

    private static void Write(ServerLimits limits, ServerCounts counts, LlmActivity activity)
    {
        Console.WriteLine("minute   calls   of the limit    tokens   of the limit   429s");
        for (var minute = 0; (minute + 1) * SecondsAMinute <= counts.Seconds.Count; minute++)
        {
            Write($"{minute + 1,6}", limits, [.. counts.Seconds.Skip(minute * SecondsAMinute).Take(SecondsAMinute)]);
        }

        Write("from 2", limits, [.. counts.Seconds.Skip(SecondsAMinute).Take(counts.Seconds.Count / SecondsAMinute * SecondsAMinute - SecondsAMinute)]);
        Console.WriteLine($"most in any 60 s: {counts.MostRequests:N0} calls, {counts.MostTokens:N0} tokens; limits {limits.Requests:N0} and {limits.Tokens:N0}");
        Console.WriteLine($"paced at the end: {string.Join("; ", activity.Models.Select(each => $"{each.Concurrency} at once, found {each.FoundRequests?.ToString() ?? "none"}"))}");
    }

    private static void Write(string name, ServerLimits limits, IReadOnlyList<SecondCount> seconds)
    {
        var minutes = seconds.Count / (double)SecondsAMinute;
        var (taken, tokens) = (seconds.Sum(second => second.Taken), seconds.Sum(second => second.Tokens));
        Console.WriteLine(
            $"{name} {taken / minutes,7:N0} {taken / minutes / limits.Requests,14:P1} {tokens / minutes,9:N0} {tokens / minutes / limits.Tokens,14:P1} {seconds.Sum(second => second.TurnedAway),6:N0}");
    }
}
