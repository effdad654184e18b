using DialogueMesh.Cli.Commands;
using DialogueMesh.Cli.Options;
using DialogueMesh.Contracts;
using Xunit;

namespace DialogueMesh.Tests.Cli;

public sealed class CommandRunTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("commands");
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();

    public void Dispose()
    {
        folder.Delete(recursive: true);
        output.Dispose();
        error.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Run_Generate_ReturnsTheRunsCode(int code)
    {
        GenerateSettings? seen = null;

        var returned = await Generate((settings, _) =>
        {
            seen = settings;
            return Task.FromResult(code);
        });

        Assert.Equal(code, returned);
        Assert.Equal(3, seen?.TotalGenerations);
        Assert.Empty(error.ToString());
    }

    [Fact]
    public async Task Run_InputFaultWithinOther_IsItsOneLineAndReturns2()
    {
        var code = await Generate((_, _) => throw new InvalidOperationException("start failed", new InputException("no such\nfile: give one")));

        Assert.Equal(2, code);
        Assert.Equal("error: no such\\nfile: give one" + Environment.NewLine, error.ToString());
        Assert.Empty(folder.GetFiles());
    }

    [Fact]
    public async Task Run_UnexpectedFault_IsOneLineWithTheStackTraceInTheLog()
    {
        var code = await Generate((_, _) => throw new InvalidOperationException("something\nbroke"));

        var log = Path.Combine(folder.FullName, "dialogue_generation.log");
        Assert.Equal(1, code);
        Assert.Equal($"unexpected fault: something\\nbroke; details in {log}{Environment.NewLine}", error.ToString());
        var lines = await File.ReadAllLinesAsync(log, TestContext.Current.CancellationToken);
        Assert.EndsWith("[CRITICAL] unexpected fault: something\\nbroke", lines[0]);
        Assert.Contains(lines[1..], line => line.StartsWith("       at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_Interrupted_Returns130()
    {
        using var interruption = new Interruption(error, _ => { });

        var code = await Generate(
            async (_, cancellationToken) =>
            {
                interruption.OnSignal();
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return 0;
            },
            interruption.Token);

        Assert.Equal(130, code);
        Assert.StartsWith("interrupted: stopping cleanly", error.ToString());
    }

    [Fact]
    public void Interruption_SecondSignal_ExitsAtOnce()
    {
        List<int> exits = [];
        using var interruption = new Interruption(error, exits.Add);

        interruption.OnSignal();
        Assert.True(interruption.Token.IsCancellationRequested);
        Assert.Empty(exits);
        interruption.OnSignal();

        Assert.Equal([130], exits);
    }

    [Theory]
    [InlineData("extract", "--index", "1", "--dataset_path")]
    [InlineData("generate", "--test_extraction", "--extraction_index", "1", "--dataset_path")]
    public async Task Run_Extract_PrintsTheConversation(params string[] args)
    {
        WriteCorpus();

        Assert.Equal(0, await Run([.. args, folder.FullName]));
        Assert.Contains("Dialogue 1 of 2", output.ToString());
        Assert.EndsWith("User: Hello again\nAssistant: Bye again\n", output.ToString().ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("2")]
    [InlineData("-1")]
    public async Task Run_ExtractOutOfBounds_SaysHowManyThereAre(string index)
    {
        WriteCorpus();

        Assert.Equal(2, await Run(["extract", "--index", index, "--dataset_path", folder.FullName]));
        Assert.Equal($"error: Index {index} is out of bounds for the dataset (2 dialogues)", error.ToString().Trim());
        Assert.Empty(output.ToString());
    }

    [Fact]
    public async Task Run_Help_GoesToTheOutputAndReturns0()
    {
        Assert.Equal(0, await Run(["--help"]));
        Assert.Contains("--total_generations N", output.ToString());
        Assert.Empty(error.ToString());
    }

    private Task<int> Generate(RunGeneration run, CancellationToken cancellationToken = default) => CommandRun.RunAsync(
        ["generate", "--total_generations", "3", "--output_file", Path.Combine(folder.FullName, "out.json")],
        output, error, run, cancellationToken);

    private Task<int> Run(string[] args) => CommandRun.RunAsync(
        args, output, error, (_, _) => throw new InvalidOperationException("no run was asked for"), CancellationToken.None);

    private void WriteCorpus()
    {
        static string Dialogue(string id, string end) => $$"""
            {"dialogue_id": "{{id}}", "services": ["hotel"], "turns": [
              {"turn_id": "0", "speaker": "USER", "utterance": "Hello {{end}}", "frames": []},
              {"turn_id": "1", "speaker": "SYSTEM", "utterance": "Bye {{end}}", "frames": []}]}
            """;
        File.WriteAllText(Path.Combine(folder.FullName, "dialogues_001.json"), $"[{Dialogue("A", "there")}, {Dialogue("B", "again")}]");
    }
}
