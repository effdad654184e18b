using System.Diagnostics;
using System.Text.Json;
using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Dataset.Files;
using Xunit;

namespace DialogueMesh.Tests.Dataset;

public sealed class DatasetExportTests
{
    private const int Total = 23;

    private static readonly OpenRun Open = World.Open(Total);
    private static readonly World World1 = new(4);

    [Fact]
    public void Finish_AnyOrderOfArrival_WritesTheSameBytes()
    {
        using var first = Finished(seed: 1);
        for (var seed = 2; seed < 6; seed++)
        {
            using var other = Finished(seed);
            Assert.Equal(first.Outputs(), other.Outputs());
        }
    }

    [Fact]
    public void Finish_KilledAndResumed_WritesTheSameBytes()
    {
        using var first = Finished(seed: 1);
        using var folder = new DatasetFolder();
        for (var kill = 0; kill < 5; kill++)
        {
            Run(folder, seed: kill, atMost: 20, RunOutcome.Faulted);
            Assert.False(File.Exists(folder.Options.OutputFile));
        }

        var written = Run(folder, seed: 9, atMost: int.MaxValue, RunOutcome.Complete);
        Assert.Equal(4, written.Files.Count);
        Assert.Equal(first.Outputs(), folder.Outputs());
    }

    [Fact]
    public void Finish_Complete_WritesDialoguesInOrderWithTheirNeighbours()
    {
        using var folder = Finished(seed: 1);
        var text = File.ReadAllText(folder.Options.OutputFile);
        var dialogues = JsonSerializer.Deserialize<List<Dialogue>>(text, DialogueJson.Indented)!;
        Assert.Equal(Enumerable.Range(0, Total).Select(o => DialogueName.Of(Open.RunId, o)), dialogues.Select(d => d.DialogueId));
        Assert.Null(dialogues[0].Provenance.NearestNeighbour);
        Assert.All(dialogues.Skip(1), d => Assert.Equal(Math.Round(d.Provenance.NearestCosine!.Value, 6), d.Provenance.NearestCosine));
        Assert.Equal(JsonSerializer.Serialize(dialogues, DialogueJson.Indented) + "\n", text);
        Assert.Contains("é", text, StringComparison.Ordinal);
        var hashes = JsonSerializer.Deserialize<string[]>(File.ReadAllText(folder.Options.HashFile))!;
        Assert.Equal(dialogues.Select(d => World1.Hash(d.Provenance.Ordinal, d.Provenance.Attempt)), hashes);
        Assert.Equal(Total, hashes.Distinct().Count());
    }

    [Fact]
    public void Finish_Complete_WritesVectorsBelowTheThreshold()
    {
        using var folder = Finished(seed: 1);
        var bytes = File.ReadAllBytes(folder.Options.EmbeddingFile);
        var header = NpyFile.Header(Total, World.Dimension);
        Assert.Equal(0, header.Length % 64);
        Assert.Equal(header, bytes[..header.Length]);
        Assert.Equal(header.Length + (Total * World.Dimension * 4), bytes.Length);
        var rows = Enumerable.Range(0, Total)
            .Select(i => VectorBytes.Read(bytes.AsSpan(header.Length + (i * World.Dimension * 4), World.Dimension * 4)))
            .ToList();
        for (var i = 0; i < Total; i++)
        {
            for (var k = 0; k < i; k++)
            {
                Assert.True(rows[i].Zip(rows[k], (a, b) => a * b).Sum() < World.Threshold);
            }
        }
    }

    [Fact]
    public async Task Finish_Complete_PythonReadsTheVectors()
    {
        using var folder = Finished(seed: 1);
        const string Script = """
            import ast, struct, sys
            try:
                import numpy
                a = numpy.load(sys.argv[1]); print(a.shape, a.dtype.str, f"{float((a * a).sum()):.3f}")
            except ImportError:
                data = open(sys.argv[1], "rb").read()
                assert data[:8] == b"\x93NUMPY\x01\x00"
                end = 10 + struct.unpack("<H", data[8:10])[0]
                head = ast.literal_eval(data[10:end].decode("latin1"))
                assert end % 64 == 0 and data[end - 1:end] == b"\n" and head["fortran_order"] is False
                n = head["shape"][0] * head["shape"][1]
                print(head["shape"], head["descr"], f"{sum(x * x for x in struct.unpack(f'<{n}f', data[end:])):.3f}")
            """;
        try
        {
            using var python = Process.Start(
                new ProcessStartInfo("python3", ["-c", Script, folder.Options.EmbeddingFile]) { RedirectStandardOutput = true })!;
            Assert.Equal($"({Total}, {World.Dimension}) <f4 {Total}.000", (await python.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Trim());
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("no python3");
        }
    }

    [Fact]
    public void Finish_Complete_WritesTheManifest()
    {
        using var folder = Finished(seed: 1);
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(folder.Options.ManifestFile));
        var root = manifest.RootElement;
        Assert.Equal(Open.RunId, root.GetProperty("run_id").GetString());
        Assert.Equal("complete", root.GetProperty("outcome").GetString());
        Assert.Equal(Total, root.GetProperty("accepted").GetInt32());
        var rejected = root.GetProperty("rejections").EnumerateObject().SelectMany(stage => stage.Value.EnumerateObject()).Sum(r => r.Value.GetInt32());
        Assert.Equal(root.GetProperty("candidates").GetInt64(), Total + rejected);
        Assert.True(root.GetProperty("rejections").GetProperty("dedup").GetProperty("near_duplicate").GetInt32() > 0);
        Assert.True(root.GetProperty("prompt_tokens").GetInt64() > 10 * Total);
        Assert.Equal(12, root.GetProperty("marginals").GetProperty("service_count").GetProperty("1").GetInt32());
        Assert.InRange(root.GetProperty("latency_milliseconds").GetProperty("p50").GetDouble(), 100, 100 + Total);
        Assert.Equal(World.Dimension, root.GetProperty("encoder").GetProperty("dimension").GetInt32());
        Assert.Equal(Total, root.GetProperty("spec").GetProperty("initial_total").GetInt32());
    }

    [Fact]
    public void Finish_Incomplete_WritesWhatIsAccepted()
    {
        using var folder = new DatasetFolder();
        var written = Run(folder, seed: 1, atMost: 60, RunOutcome.Incomplete);
        var dialogues = JsonSerializer.Deserialize<List<Dialogue>>(File.ReadAllText(folder.Options.OutputFile), DialogueJson.Indented)!;
        Assert.InRange(dialogues.Count, 1, Total - 1);
        Assert.Equal(dialogues.Select(d => d.DialogueId).Order(), dialogues.Select(d => d.DialogueId));
        Assert.Equal(dialogues.Count, written.Marginals["resolution_status"]["Resolved"]);
    }

    [Fact]
    public void Finish_DiskFullDuringExport_FaultsAndKeepsEveryNameFree()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "no /dev/full");
        using var folder = new DatasetFolder();
        File.CreateSymbolicLink(folder.Options.EmbeddingFile + ".tmp", "/dev/full");
        using var sessions = folder.Sessions();
        var session = Assert.IsType<Opening.Opened>(sessions.Open(Open)).Session;
        new Feed(World1, session, 1).Run();
        var (written, fault) = session.Finish(DatasetFolder.Finished(Open.RunId));
        Assert.Contains("No space left", fault, StringComparison.Ordinal);
        Assert.Equal((RunOutcome.Faulted, 0), (written.Outcome, written.Files.Count));
        sessions.Close(Open.RunId);
        Assert.Equal([folder.Options.JournalFile], Directory.GetFiles(folder.Root));
        Assert.Equal(4, Run(folder, seed: 1, atMost: int.MaxValue, RunOutcome.Complete).Files.Count);
    }

    private static DatasetFolder Finished(int seed)
    {
        var folder = new DatasetFolder();
        Run(folder, seed, atMost: int.MaxValue, RunOutcome.Complete);
        return folder;
    }

    private static DatasetWritten Run(DatasetFolder folder, int seed, int atMost, RunOutcome outcome)
    {
        using var sessions = folder.Sessions();
        var session = Assert.IsType<Opening.Opened>(sessions.Open(Open)).Session;
        new Feed(World1, session, seed).Run(atMost);
        var (written, fault) = session.Finish(DatasetFolder.Finished(Open.RunId, outcome));
        Assert.Null(fault);
        Assert.Equal(outcome, written.Outcome);
        return written;
    }
}
