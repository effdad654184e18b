using System.Collections.Concurrent;
using System.Diagnostics;
using DialogueMesh.Cli.Commands;
using DialogueMesh.Cli.Embedded;
using DialogueMesh.Contracts.Prompts;
using DialogueMesh.Contracts.Randomness;
using DialogueMesh.Scenario.Ontology;
using DialogueMesh.Simulator;
using DialogueMesh.Simulator.Talk;
using DialogueMesh.Simulator.Voice;
using Xunit;

namespace DialogueMesh.Tests.EndToEnd;

/// <summary>What came of a run of the program.</summary>
internal sealed record CliResult(int Code, string Output, string Error)
{
    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public override string ToString() => $"exit code {Code}\n--- output\n{Output}\n--- error\n{Error}";
}

/// <summary>The program as built, in processes of its own.</summary>
internal static class Cli
{
    /// <summary>Where this build put the program: beside the tests' folder, for the same configuration.</summary>
    public static string Program { get; } = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "..", "..", "DialogueMesh.Cli", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "dialoguemesh.dll"));

    public static string Data { get; } = Path.Combine(Path.GetDirectoryName(Program)!, "data");

    private static readonly Lazy<Respondent> Respondent = new(() => new Respondent(new Speaker(OntologyCatalog.Load(Path.Combine(Data, "ontology")))));

    private static readonly Lazy<Task<SimulatorHost>> Simulator = new(() => StartSimulatorAsync(new SimulatorOptions()));

    /// <summary>Runs it to its end.</summary>
    /// <param name="folder">The working directory, where the outputs go.</param>
    /// <param name="line">The words of the command line, with blanks between them.</param>
    /// <param name="environment">Beside the test's own, from which keys and settings are taken away.</param>
    public static async Task<CliResult> RunAsync(string folder, string line, params (string Name, string Value)[] environment)
    {
        await using var running = Start(folder, line, environment);
        return await running.EndAsync();
    }

    public static async Task<CliResult> CompleteAsync(string folder, string line, params (string Name, string Value)[] environment)
    {
        var result = await RunAsync(folder, line, environment);
        Assert.True(result.Code == 0, result.ToString());
        return result;
    }

    /// <summary>A simulator that all tests share; runs that are compared with each other name the same endpoint.</summary>
    public static async Task<Uri> EndpointAsync() => (await Simulator.Value).BaseAddress;

    /// <summary>Another one, which behaves as the options say.</summary>
    /// <param name="asked">Gets the seed of every prompt that is answered.</param>
    public static Task<SimulatorHost> StartSimulatorAsync(SimulatorOptions options, ConcurrentQueue<long>? asked = null) =>
        SimulatorHost.StartAsync(options, prompt =>
        {
            if (prompt.SchemaName != PromptNames.Check)
            {
                asked?.Enqueue(prompt.Seed);
            }

            return Say(prompt);
        });

    /// <summary>What the simulator answers.</summary>
    public static string Say(ChatPrompt prompt) => Respondent.Value.Reply(prompt);

    /// <summary>
    /// The same without a process of its own, which saves its start: for runs that need neither signals nor an environment.
    /// Answered by a simulator that all share, unless the line names an endpoint, and anew: the cache would be that of
    /// whoever runs the tests.
    /// </summary>
    public static async Task CompleteHereAsync(RunFolder folder, string line)
    {
        var endpoint = line.Contains("--endpoint ", StringComparison.Ordinal) ? "" : $"--endpoint {await EndpointAsync()}";
        var cache = line.Contains("cache", StringComparison.Ordinal) ? "" : "--no_cache";
        var outputs = $"--output_file {folder.In("generated_dialogues.json")} --hash_file {folder.In("dialogue_hashes.json")} --embedding_file {folder.In("dialogue_embeddings.npy")}";
        using StringWriter output = new(), error = new();
        var code = await CommandRun.RunAsync(
            Words($"{line} {endpoint} {outputs} {cache}"), output, error, EmbeddedRun.RunAsync, TestContext.Current.CancellationToken);
        Assert.True(code == 0, new CliResult(code, output.ToString(), error.ToString()).ToString());
    }

    public static RunningCli Start(string folder, string line, params (string Name, string Value)[] environment) =>
        Start(folder, "dotnet", [Program, .. Words(line)], environment);

    /// <summary>Runs it as the last of <paramref name="before"/>'s words, as of a shell that sets limits first.</summary>
    public static RunningCli StartBehind(string folder, string[] before, string line, params (string Name, string Value)[] environment) =>
        Start(folder, before[0], [.. before[1..], "dotnet", Program, .. Words(line)], environment);

    private static RunningCli Start(string folder, string file, string[] args, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(file, args)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsOurs).ToList())
        {
            start.Environment.Remove(name);
        }

        // Neither secrets nor answers of whoever runs the tests.
        start.Environment["APPDATA"] = folder;
        start.Environment["XDG_CACHE_HOME"] = System.IO.Path.Combine(folder, ".cache");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new RunningCli(Process.Start(start)!);
    }

    private static bool IsOurs(string name) =>
        name.Contains("OPENAI_", StringComparison.Ordinal) || name.StartsWith("DIALOGUEMESH_", StringComparison.Ordinal);

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>A process of the program; killed when it is disposed.</summary>
internal sealed class RunningCli : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> error;

    public RunningCli(Process process)
    {
        this.process = process;
        output = process.StandardOutput.ReadToEndAsync();
        error = process.StandardError.ReadToEndAsync();
    }

    public bool HasExited => process.HasExited;

    public async Task<CliResult> EndAsync()
    {
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"it did not end within {Patience}: {new CliResult(-1, await output, await error)}");
        }

        return new CliResult(process.ExitCode, await output, await error);
    }

    /// <summary>SIGKILL: nothing of the program gets to run any more.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await EndAsync();
    }

    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("bash", ["-c", $"kill -{name} {process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits until <paramref name="holds"/> does, looking often, or until the process has ended.</summary>
    public async Task WaitUntilAsync(Func<bool> holds)
    {
        using var timeout = new CancellationTokenSource(Patience);
        while (!process.HasExited && !holds())
        {
            await Task.Delay(5, timeout.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        await Task.WhenAll(output, error);
        process.Dispose();
    }
}

/// <summary>Moments that are drawn once and for all.</summary>
internal static class Moments
{
    public static TimeSpan Draw(SeededRandom random, double least, double most) =>
        TimeSpan.FromMilliseconds(least + (random.NextDouble() * (most - least)));
}
