using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace DialogueMesh.Tests.Simulator;

/// <summary>The simulator as a program of its own.</summary>
public sealed class StandaloneTests
{
    private const string Listening = "listening on ";

    /// <summary>Where this build put it: beside the tests' folder, for the same configuration.</summary>
    private static readonly string Program = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "DialogueMesh.Simulator", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "DialogueMesh.Simulator.dll"));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Run_SettingsOfBothKinds_AnswersUntilItIsStopped(string signal)
    {
        using var process = Start(["--ApiKey", "from-args", "--Limits:RequestsPerMinute=7"], ("DIALOGUEMESH_Simulator__ApiKey", "from-environment"));
        var line = (await process.StandardOutput.ReadLineAsync(Ct))!;
        Assert.StartsWith(Listening, line, StringComparison.Ordinal);
        using var http = new HttpClient { DefaultRequestHeaders = { Authorization = new("Bearer", "from-args") } };

        using var response = await http.PostAsJsonAsync(
            $"{line[Listening.Length..].Split(';')[0]}/chat/completions", new { model = "m", messages = new[] { new { role = "user", content = "Say pong" } } }, Ct);
        using var kill = Process.Start("bash", ["-c", $"kill -{signal} {process.Id}"]);
        await process.WaitForExitAsync(Ct);

        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal("pong", answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        Assert.Equal("6", response.Headers.GetValues("x-ratelimit-remaining-requests").Single());
        Assert.Equal((0, ""), (process.ExitCode, await process.StandardError.ReadToEndAsync(Ct)));
    }

    [Theory]
    [InlineData("--Port 99999", "error: Simulator:Port is 99999; it must be in 0..65535")]
    [InlineData("--Colour red", "error: Simulator: there is no setting 'Colour'")]
    [InlineData("8000", "error: '8000' is no setting; write --NAME VALUE, or --help for what there is")]
    [InlineData("--Port", "error: --Port needs a value")]
    public async Task Run_BadSetting_IsOneLineAndExitCode2(string args, string expected)
    {
        using var process = Start(args.Split(' '));
        await process.WaitForExitAsync(Ct);

        Assert.Equal((2, expected + Environment.NewLine), (process.ExitCode, await process.StandardError.ReadToEndAsync(Ct)));
        Assert.Equal("", await process.StandardOutput.ReadToEndAsync(Ct));
    }

    private static Process Start(string[] args, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
