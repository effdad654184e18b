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
