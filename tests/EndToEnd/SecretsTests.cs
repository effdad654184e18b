using Xunit;

namespace DialogueMesh.Tests.EndToEnd;

/// <summary>The key goes to the endpoint and nowhere else, and where one is given nothing else answers.</summary>
public sealed class SecretsTests
{
    private const string Canary = "sk-canary-7f3a91c2";

    [Fact]
    public async Task Generate_KeyAndFaults_KeyIsSentButWrittenNowhere()
    {
        using var folder = new RunFolder();
        await using var server = await ModelServer.StartAsync(moderate: texts => new ModerationReply(
            500, $$$"""{"error":{"message":"cannot check with key {{{Canary}}}","type":"x","code":"{{{Canary}}}"}}"""));

        await using var running = Cli.Start(
            folder.Path, $"generate --total_generations 6 --max_parallel 2 --endpoint {server.Url}", ("OPENAI_API_KEY", Canary));
        await running.WaitUntilAsync(() => server.ModerationCalls > 6);
        await running.SignalAsync("TERM");
        var result = await running.EndAsync();

        Assert.Contains($"Bearer {Canary}", server.Keys);
        AssertWrittenNowhere(folder, result);
        Assert.Contains("500", await File.ReadAllTextAsync(folder.Log, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Generate_AllFaultsFromAServerThatRepeatsTheKey_KeyIsWrittenNowhere()
    {
        using var folder = new RunFolder();
        var faults = 0;

        // Two of three calls fail, each in another way, until every way was met twice.
        await using var server = await ModelServer.StartAsync(breaks: async (context, call) =>
        {
            context.Response.Headers["x-request-id"] = $"request of {Canary}";
            if (call % 3 == 0 || faults == 2 * RepeatedKeys.Faults.Count)
            {
                return false;
            }

            await RepeatedKeys.Faults[faults++ % RepeatedKeys.Faults.Count](context, Canary);
            return true;
        });

        var result = await Cli.CompleteAsync(
            folder.Path, $"generate --total_generations 12 --max_parallel 4 --endpoint {server.Url}", ("OPENAI_API_KEY", Canary));

        Assert.Equal(2 * RepeatedKeys.Faults.Count, faults);
        Assert.Contains("[DEBUG]", await File.ReadAllTextAsync(folder.Log, TestContext.Current.CancellationToken));
        AssertWrittenNowhere(folder, result);
        var stored = RepeatedKeys.Answers(folder.In(".cache/dialoguemesh/responses.db"));
        Assert.InRange(stored.Count, 24, int.MaxValue);
        Assert.All(stored, answer => Assert.DoesNotContain(Canary, answer));
    }

    [Fact]
    public async Task Generate_RedirectToAnotherHost_EndsAndTheOtherHearsNothing()
    {
        using var folder = new RunFolder();
        var heard = 0;
        await using var elsewhere = await ModelServer.StartAsync(breaks: (_, _) => Task.FromResult(Interlocked.Increment(ref heard) < 0));
        await using var server = await ModelServer.StartAsync(breaks: (context, _) =>
        {
            context.Response.StatusCode = 307;
            context.Response.Headers.Location = $"{elsewhere.Url}/chat/completions";
            return Task.FromResult(true);
        });

        var result = await Cli.RunAsync(folder.Path, $"generate --total_generations 2 --endpoint {server.Url}", ("OPENAI_API_KEY", Canary));

        Assert.Equal((1, 0), (result.Code, heard));
        Assert.Contains("Redirects are not followed", result.Error);
        AssertWrittenNowhere(folder, result);
    }

    [Fact]
    public async Task Generate_KeyRefused_EndsWith1WithoutTheKeyAndWithoutTheSimulator()
    {
        using var folder = new RunFolder();
        folder.Write(".env.local", $"OPENAI_KEY={Canary}\n");
        await using var server = await ModelServer.StartAsync(check: _ => throw new UnauthorizedAccessException());

        var result = await Cli.RunAsync(folder.Path, $"generate --total_generations 6 --endpoint {server.Url}");
        File.Delete(folder.In(".env.local"));

        Assert.True(result.Code == 1, result.ToString());
        Assert.Contains("401 Incorrect API key provided. Check the API key.", result.Error);
        folder.AssertNoOutputs();
        Assert.DoesNotContain("simulator", result.Output + result.Error, StringComparison.OrdinalIgnoreCase);
        AssertWrittenNowhere(folder, result);
    }

    /// <summary>No one listens there, and the machine may have no network at all: it must fail, not fall back.</summary>
    [Theory]
    [InlineData("--endpoint http://127.0.0.1:9/v1", "127.0.0.1:9")]
    [InlineData("", "api.openai.com")]
    public async Task Generate_EndpointOrKeyThatCannotWork_NeverFallsBackToTheSimulator(string option, string host)
    {
        using var folder = new RunFolder();

        // A proxy where no one listens, so that no request leaves this machine.
        var result = await Cli.RunAsync(
            folder.Path, $"generate --total_generations 2 {option}",
            ("OPENAI_API_KEY", Canary), ("HTTPS_PROXY", "http://127.0.0.1:9"), ("ALL_PROXY", "http://127.0.0.1:9"));

        Assert.True(result.Code == 1, result.ToString());
        Assert.Contains($"at {host} with your key", result.Error);
        Assert.Contains(host, result.ErrorLines[^1]);
        Assert.Contains("[ERROR]", result.ErrorLines[^1]);
        Assert.DoesNotContain("simulator", result.Output + result.Error, StringComparison.OrdinalIgnoreCase);
        folder.AssertNoOutputs();
        AssertWrittenNowhere(folder, result);
    }

    private static void AssertWrittenNowhere(RunFolder folder, CliResult result)
    {
        Assert.DoesNotContain(Canary, result.Output + result.Error);
        Assert.All(folder.Files, file => Assert.DoesNotContain(Canary, File.ReadAllText(file)));
    }
}
