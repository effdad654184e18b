using System.Security.Cryptography;
using System.Text;
using DialogueMesh.Cli.Commands;
using DialogueMesh.Cli.Fetching;
using DialogueMesh.Contracts;
using DialogueMesh.Tests.Scenario.Corpora;
using Xunit;

namespace DialogueMesh.Tests.Cli.Fetching;

public sealed class FetchCommandTests : IDisposable
{
    private static readonly IReadOnlyDictionary<string, Download> Table = Downloads.Read(Path.Combine(EndToEnd.Cli.Data, "downloads.json"));

    private readonly TempFolder folder = new();
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();

    private string MultiWoz => Path.Combine(folder.Path, "local_datasets", "multi_woz_v22");

    public void Dispose()
    {
        folder.Dispose();
        output.Dispose();
        error.Dispose();
    }

    [Fact]
    public void Table_EveryDownload_HasItsFilesUnderAnEncryptedAddress()
    {
        Assert.Equal(["all-MiniLM-L6-v2", "multiwoz", "personas", "sgd"], Table.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((7, 23, 184, 1), (Table["all-MiniLM-L6-v2"].Files.Count, Table["multiwoz"].Files.Count, Table["sgd"].Files.Count, Table["personas"].Files.Count));
        Assert.Contains(Table["sgd"].Files, file => file.Path == "train/dialogues_099.json");
        Assert.All(Table["all-MiniLM-L6-v2"].Files, file => Assert.True(file is { Bytes: > 0, Sha256.Length: 64 }));
        Assert.All(Table.Values, download => Assert.True(download.Address.Scheme == "https" && download.Address.AbsoluteUri.EndsWith('/')));
    }

    [Fact]
    public async Task Fetch_MultiWoz_IsWhatGenerateTakesAsItsCorpus()
    {
        await using var server = await ServerAsync();

        var fetched = await EndToEnd.Cli.CompleteAsync(folder.Path, $"data fetch multiwoz --from {server.Address}");
        var run = await EndToEnd.Cli.CompleteAsync(folder.Path, "generate --total_generations 2");

        Assert.Contains("multiwoz: 23 files", fetched.Output);
        Assert.Contains("21 dialogues; generate takes it as its seed corpus", fetched.Output);
        Assert.Contains("23/23 test/dialogues_002.json", fetched.Output);
        Assert.Contains("Seed corpus multi_woz_v22", run.Error);
        Assert.Contains(": 21 dialogues; ", run.Error);
        Assert.False(Directory.Exists(MultiWoz + ".part"));
    }

    [Fact]
    public async Task Fetch_InterruptedByCtrlC_GoesOnWhenRunAgain()
    {
        await using var server = await ServerAsync(FileServer.Serve, FileServer.Serve, FileServer.Serve, FileServer.Stall(50));
        var line = $"data fetch multiwoz --from {server.Address}";
        await using var running = EndToEnd.Cli.StartBehind(folder.Path, ["env", "--default-signal=INT"], line);
        await running.WaitUntilAsync(() => server.Requests.Count == 4);
        await running.SignalAsync("INT");
        var interrupted = await running.EndAsync();

        Assert.True(interrupted.Code == 130, interrupted.ToString());
        Assert.False(Directory.Exists(MultiWoz));
        await EndToEnd.Cli.CompleteAsync(folder.Path, line);

        Assert.Equal(24, server.Requests.Count);
        Assert.Equal(24, Directory.GetFiles(MultiWoz, "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public async Task Fetch_Again_AsksNobodyUnlessItWasChanged()
    {
        await using var server = await ServerAsync();
        Assert.Equal(0, await RunAsync("multiwoz", server));
        var requests = server.Requests.Count;

        Assert.Equal(0, await RunAsync("multiwoz", server));
        Assert.Contains("is there already, as it was fetched", output.ToString());
        Assert.Equal(requests, server.Requests.Count);
        await File.AppendAllTextAsync(Path.Combine(MultiWoz, "schema.json"), " ", TestContext.Current.CancellationToken);

        var fault = await Assert.ThrowsAsync<InputException>(() => RunAsync("multiwoz", server));
        Assert.Contains("schema.json is not as it was fetched any more", fault.Message);
    }

    [Fact]
    public async Task Fetch_OtherFilesThere_AreLeftAlone()
    {
        var mine = folder.Write("local_datasets/multi_woz_v22/dialogues_001.json", "mine");
        await using var server = await ServerAsync();

        var fault = await Assert.ThrowsAsync<InputException>(() => RunAsync("multiwoz", server));

        Assert.Contains("was not fetched by this command: move it away", fault.Message);
        Assert.Equal("mine", await File.ReadAllTextAsync(mine, TestContext.Current.CancellationToken));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Fetch_Sha256_HoldsTheListOfFilesToIt()
    {
        await using var server = await ServerAsync();

        Assert.Equal(1, await RunAsync("multiwoz", server, new string('0', 64)));
        Assert.Contains("not the one given with --sha256", error.ToString());
        Assert.False(Directory.Exists(MultiWoz));

        var list = await File.ReadAllBytesAsync(Path.Combine(MultiWoz + ".part", "fetched.sha256"), TestContext.Current.CancellationToken);
        Assert.Equal(0, await RunAsync("multiwoz", server, Convert.ToHexStringLower(SHA256.HashData(list))));
        Assert.True(Directory.Exists(MultiWoz));
    }

    [Fact]
    public async Task Fetch_NoDialoguesInIt_IsNoCorpus()
    {
        await using var server = await ServerAsync();
        foreach (var path in server.Files.Keys)
        {
            server.Files[path] = "[]"u8.ToArray();
        }

        Assert.Equal(1, await RunAsync("multiwoz", server));

        Assert.Contains("what came is none of the data set", error.ToString());
        Assert.Equal(1, error.ToString().Count(character => character == '\n'));
        Assert.False(Directory.Exists(MultiWoz));
    }

    [Fact]
    public async Task Fetch_AModelOfOtherBytes_IsRefused()
    {
        await using var server = await FileServer.StartAsync();
        server.Files["onnx/model.onnx"] = new byte[1000];

        Assert.Equal(1, await RunAsync("all-MiniLM-L6-v2", server, kind: "models"));

        Assert.Contains("has 1000 bytes there, not 90405214", error.ToString());
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "models", "sentence_transformer")));
    }

    private Task<int> RunAsync(string name, FileServer server, string? sha256 = null, string kind = "data") => FetchCommand.RunAsync(
        new FetchSettings(kind, [name], server.Address, sha256, null), folder.Path, output, error,
        new Patience { Waits = [TimeSpan.Zero] }, TestContext.Current.CancellationToken);

    // As MultiWOZ 2.2 has them, a dialogue a file.
    private static async Task<FileServer> ServerAsync(params Manner[] manners)
    {
        var server = await FileServer.StartAsync(manners);
        foreach (var file in Table["multiwoz"].Files)
        {
            var json = file.Path switch
            {
                "dialog_acts.json" => "{}",
                "schema.json" => "[]",
                var path => $$"""
                    [{"dialogue_id": "{{path}}", "services": ["hotel"], "turns": [
                      {"turn_id": "0", "speaker": "USER", "utterance": "A room, please.", "frames": []},
                      {"turn_id": "1", "speaker": "SYSTEM", "utterance": "Which one?", "frames": []}]}]
                    """,
            };
            server.Files[file.Path] = Encoding.UTF8.GetBytes(json);
        }

        return server;
    }
}
