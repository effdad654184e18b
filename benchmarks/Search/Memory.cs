namespace DialogueMesh.Benchmarks.Search;

/// <summary>What Linux counts as resident.</summary>
internal static class Memory
{
    private static readonly string[] Lines = ["VmRSS", "RssAnon", "RssFile", "RssShmem"];

    /// <summary>The whole, and which part of it is the process' own, of mapped files, and of files in memory.</summary>
    public static void Report()
    {
        const string Status = "/proc/self/status";
        if (File.Exists(Status))
        {
            var values = File.ReadLines(Status).Select(line => line.Split(':')).Where(parts => Lines.Contains(parts[0]))
                .Select(parts => $"{parts[0]} {long.Parse(parts[1].Replace("kB", "").Trim()) / 1000.0:N0} MB");
            Console.WriteLine($"  resident: {string.Join(", ", values)}");
        }
    }
}
