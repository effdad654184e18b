using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit;

namespace DialogueMesh.Tests.Readme;

/// <summary>What the README tells people to type works, as typed, with neither key nor network.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    private const string Prefix = "dotnet run --project cli -- ";

    private readonly string folder = Directory.CreateTempSubdirectory("dialoguemesh-readme-").FullName;

    public static TheoryData<string> Commands => [.. CommandsOf(Root()).Where(command => !command.Contains("--resume", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Command_AsTyped_Succeeds(string command)
    {
        var (code, output) = await RunAsync(command);

        Assert.True(code == 0, $"exit code {code}:\n{output}");
    }

    [Fact]
    public async Task Resume_AfterTheQuickStart_ExtendsIt()
    {
        var commands = CommandsOf(Root());
        await RunAsync(commands[0]);

        var (code, output) = await RunAsync(commands.Single(command => command.Contains("--resume", StringComparison.Ordinal)));

        Assert.True(code == 0, $"exit code {code}:\n{output}");
        Assert.Contains("200 dialogues accepted", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Links_ToFilesOfTheRepository_Exist()
    {
        var root = Root();
        var links = Link().Matches(File.ReadAllText(Path.Combine(root, "README.md"))).Select(match => match.Groups["path"].Value).ToList();

        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.True(Path.Exists(Path.Combine(root, link)), link));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static List<string> CommandsOf(string root) => [.. Block().Matches(File.ReadAllText(Path.Combine(root, "README.md")))
        .SelectMany(match => match.Groups["lines"].Value.Split('\n'))
        .Where(line => line.StartsWith(Prefix, StringComparison.Ordinal))
        .Select(line => line.Split('#')[0].Trim())];

    private async Task<(int Code, string Output)> RunAsync(string command)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "dialoguemesh.dll"));
        foreach (var argument in command[Prefix.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Remove("OPENAI_API_KEY");
        start.Environment.Remove("OPENAI_KEY");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "global.json")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"```bash\n(?<lines>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\]\((?<path>(?!http)[^)#]+)\)")]
    private static partial Regex Link();
}
