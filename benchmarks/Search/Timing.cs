using System.Diagnostics;

namespace DialogueMesh.Benchmarks.Search;

/// <summary>Wall clock, processor time of all threads, and bytes allocated.</summary>
internal static class Timing
{
    /// <summary>The median of some rounds after one that is not counted, for each of <paramref name="each"/> operations.</summary>
    public static void Report(string what, int each, Action action, int rounds = 5)
    {
        if (rounds > 1)
        {
            action();
        }

        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var taken = Enumerable.Range(0, rounds).Select(_ => Take(action)).ToList();
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        var (wall, cpu) = (taken.Select(t => t.Wall).Order().ElementAt(rounds / 2), taken.Select(t => t.Cpu).Order().ElementAt(rounds / 2));
        Console.WriteLine($"{what}: {wall.TotalMilliseconds / each:F3} ms, {cpu.TotalMilliseconds / each:F3} ms of processor time, {allocated / rounds / each:N0} bytes allocated");
    }

    private static (TimeSpan Wall, TimeSpan Cpu) Take(Action action)
    {
        using var process = Process.GetCurrentProcess();
        var (cpu, wall) = (process.TotalProcessorTime, Stopwatch.GetTimestamp());
        action();
        process.Refresh();
        return (Stopwatch.GetElapsedTime(wall), process.TotalProcessorTime - cpu);
    }
}
