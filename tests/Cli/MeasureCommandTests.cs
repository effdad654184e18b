using System.Text.Json;
using DialogueMesh.Cli.Commands;
using DialogueMesh.Contracts;
using DialogueMesh.Tests.Scenario.Corpora;
using Xunit;

namespace DialogueMesh.Tests.Cli;

public sealed class MeasureCommandTests : IDisposable
{
    private const string Dialogues = """
        [{"dialogue_id":"1","turns":[{"turn_number":1,"utterance":"A taxi home, please.","assistant_response":"When?"},
                                     {"turn_number":2,"utterance":"Now.","assistant_response":"Done."}]}]
        """;

    private readonly TempFolder folder = new();
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();

    public void Dispose()
    {
        folder.Dispose();
        output.Dispose();
        error.Dispose();
    }

    [Fact]
    public async Task Run_TwoCorpora_PrintsAColumnEachAndWritesJson()
    {
        var mine = folder.Write("run/generated_dialogues.json", Dialogues);
        folder.Write("run/dialogue_hashes.json", """["ab"]""");
        var lines = folder.Write("other.jsonl", """{"dialogue_id":"2","turns":[{"speaker":"USER","utterance":"A bus."},{"speaker":"SYSTEM","utterance":"No."}]}""");
        var json = Path.Combine(folder.Path, "measures.json");

        var code = await Run("measure", "--json", json, Path.GetDirectoryName(mine)!, lines);

        Assert.Equal((0, ""), (code, error.ToString()));
        Assert.DoesNotContain('\u001b', output.ToString());
        var table = output.ToString().Split('\n');
        Assert.Contains(table, line => line.Contains("Measure", StringComparison.Ordinal) && line.Contains("run", StringComparison.Ordinal)
            && line.Contains("other.jsonl", StringComparison.Ordinal) && line.Contains("sample", StringComparison.Ordinal));
        Assert.Contains(table, line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["dialogues", "1", "1", "128", ..]);
        Assert.Contains("compare with --tokens 2", output.ToString(), StringComparison.Ordinal);
        using var written = JsonDocument.Parse(await File.ReadAllTextAsync(json, TestContext.Current.CancellationToken));
        Assert.Equal(2, written.RootElement.GetProperty("corpora").GetArrayLength());
        Assert.Equal(2, written.RootElement.GetProperty("corpora")[0].GetProperty("user").GetProperty("utterances").GetInt32());
        Assert.Equal(128, written.RootElement.GetProperty("reference").GetProperty("dialogues").GetInt32());
    }

    [Fact]
    public async Task Run_Reference_IsTheLastColumn()
    {
        var mine = folder.Write("mine.json", Dialogues);

        Assert.Equal(0, await Run("measure", mine, "--reference", mine));

        Assert.Contains($"{mine} is the reference", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing to measure", "measure")]
    [InlineData("nowhere is not there", "measure", "nowhere")]
    [InlineData("--tokens 0", "measure", "nowhere", "--tokens", "0")]
    [InlineData("--tokens 'many' is not a whole number", "measure", "nowhere", "--tokens", "many")]
    [InlineData("did you mean --reference?", "measure", "nowhere", "--referense", "x")]
    [InlineData("--reference takes one value", "measure", "nowhere", "--reference", "a", "--reference", "b")]
    [InlineData("--json needs a value", "measure", "nowhere", "--json")]
    [InlineData("did you mean 'measure'?", "mesure", "nowhere")]
    public async Task Run_BadWords_IsOneLineAndReturns2(string message, params string[] args) => await AssertFault(message, args);

    [Fact]
    public async Task Run_BadCorpora_IsOneLineAndReturns2()
    {
        var good = folder.Write("good.json", Dialogues);
        await AssertFault("broken JSON", "measure", folder.Write("broken.json", """[{"dialogue_id": """));
        await AssertFault("no dialogue", "measure", folder.Write("empty.json", "[]"));
        await AssertFault("would overwrite", "measure", good, "--json", good);
        await AssertFault("cannot be written", "measure", good, "--json", Path.Combine(folder.Path, "no", "such.json"));
        await AssertFault("absent is not there", "measure", good, "--reference", "absent");
        Assert.Equal(Dialogues, await File.ReadAllTextAsync(good, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Run_Help_ShowsTheWordsAndOptions()
    {
        Assert.Equal(0, await Run("measure", "--help"));

        Assert.Contains("dialoguemesh measure PATH… [--reference PATH]", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("A corpus: generated dialogues", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("--tokens N", output.ToString(), StringComparison.Ordinal);
    }

    private async Task AssertFault(string message, params string[] args)
    {
        error.GetStringBuilder().Clear();
        Assert.Equal(2, await Run(args));
        Assert.StartsWith("error: ", error.ToString(), StringComparison.Ordinal);
        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, error.ToString().Count(c => c == '\n'));
        Assert.Empty(output.ToString());
    }

    private Task<int> Run(params string[] args) =>
        CommandRun.RunAsync(args, output, error, (_, _) => throw new InputException("not a run"), TestContext.Current.CancellationToken);
}
