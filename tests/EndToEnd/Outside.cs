using System.Diagnostics;
using Xunit;

namespace DialogueMesh.Tests.EndToEnd;

/// <summary>What judges a run's files from outside the product: check_dialogues.py.</summary>
internal static class Outside
{
    /// <returns>What it prints: "ok" and figures.</returns>
    public static async Task<string> CheckAsync(RunFolder folder, int total, double threshold = 0.9, string mode = "outline", int least = 5, int most = 20)
    {
        var script = Path.Combine(RepositoryRoot(), "tests", "EndToEnd", "check_dialogues.py");
        return await RunAsync(script, folder.Path, $"{total}", FormattableString.Invariant($"{threshold}"), mode, $"{least}", $"{most}");
    }

    /// <summary>What a Python script prints, which has to succeed.</summary>
    public static async Task<string> RunAsync(params string[] args)
    {
        using var python = Start(args);
        var output = python.StandardOutput.ReadToEndAsync();
        var error = python.StandardError.ReadToEndAsync();
        await python.WaitForExitAsync();
        var text = await output + await error;
        Assert.True(python.ExitCode == 0, text);
        return text;
    }

    public static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder.Parent is { } parent && !File.Exists(Path.Combine(folder.FullName, "global.json")))
        {
            folder = parent;
        }

        return folder.FullName;
    }

    private static Process Start(string[] args)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("python3", args) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (System.ComponentModel.Win32Exception fault)
        {
            Assert.Skip($"python3 cannot be started ({fault.Message}): it checks the files from outside");
            throw;
        }
    }
}
