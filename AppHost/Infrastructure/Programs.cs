using System.ComponentModel;
using System.Diagnostics;

namespace DialogueMesh.AppHost.Infrastructure;

internal static class Programs
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Where Debian's package keeps the server itself; what is on the path changes the user first, and drops the environment.</summary>
    private const string DebianRabbit = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    public static string? FindRabbit() => File.Exists(DebianRabbit) ? DebianRabbit : Find("rabbitmq-server");

    /// <summary>Whether a container engine answers: its program alone may be there without it.</summary>
    public static bool IsRunning(string engine)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(engine, "info") { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            if (process.WaitForExit(Patience))
            {
                return process.ExitCode == 0;
            }

            process.Kill(entireProcessTree: true);
            return false;
        }
        catch (Exception fault) when (fault is Win32Exception or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The program of this name on the path.</summary>
    public static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);
}
