using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Dataset.Files;
using Xunit;

namespace DialogueMesh.Tests.Dataset;

public sealed class RunFilesTests
{
    private static readonly OpenRun Open = World.Open(3);

    [Fact]
    public void Check_EmptyFolder_PassesAndLeavesNothing()
    {
        using var folder = new DatasetFolder();
        RunFiles.Check(folder.Options, Open.RunId, resume: false);
        RunFiles.Check(folder.Options, Open.RunId, resume: true);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Root));
        Assert.Null(RunFiles.Started(folder.Options));
    }

    [Theory]
    [InlineData("out.json")]
    [InlineData("hashes.json")]
    [InlineData("vectors.npy")]
    [InlineData("manifest.json")]
    [InlineData("run.journal.jsonl")]
    public void Check_OutputExists_IsRefusedWithoutResume(string name)
    {
        using var folder = new DatasetFolder();
        File.WriteAllText(folder.PathOf(name), "");
        var message = Refused(folder, resume: false);
        Assert.Contains($"{name} exists; use --resume to continue run {Open.RunId}, or another --output_file", message, StringComparison.Ordinal);
        Assert.Equal("", File.ReadAllText(folder.PathOf(name)));
    }

    [Fact]
    public void Check_FinishedRun_IsResumedByItsOwnSpecOnly()
    {
        using var folder = new DatasetFolder();
        Finish(folder);
        RunFiles.Check(folder.Options, Open.RunId, resume: true);
        Assert.Equal(Open.RunId, RunSpecId.Of(RunFiles.Started(folder.Options)!.Spec));
        var message = Refused(folder, resume: true, "otherotherot");
        Assert.All(["run.journal.jsonl", Open.RunId, "otherotherot"], part => Assert.Contains(part, message, StringComparison.Ordinal));
        Assert.Contains(Open.RunId, Refused(folder, resume: false, "otherotherot"), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_OutputsWithoutJournal_AreJudgedByTheManifest()
    {
        using var folder = new DatasetFolder();
        Finish(folder);
        File.Delete(folder.Options.JournalFile);
        RunFiles.Check(folder.Options, Open.RunId, resume: true);
        Assert.Contains($"belongs to run {Open.RunId}", Refused(folder, resume: true, "otherotherot"), StringComparison.Ordinal);
        File.Delete(folder.Options.ManifestFile);
        Assert.Contains("says which run it is of", Refused(folder, resume: true), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_NoJournalAtAll_IsRefused()
    {
        using var folder = new DatasetFolder();
        File.WriteAllText(folder.Options.JournalFile, "hello\nworld\n");
        Assert.Contains("line 1 is broken", Refused(folder, resume: true), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_JournalWithHalfItsFirstLine_IsTheRunsOwn()
    {
        using var folder = new DatasetFolder();
        File.WriteAllText(folder.Options.JournalFile, "{\"type\":\"run\",\"ti");
        RunFiles.Check(folder.Options, Open.RunId, resume: true);
    }

    [Fact]
    public void Check_FolderThatCannotBeWritten_IsRefused()
    {
        using var folder = new DatasetFolder();
        folder.Options.OutputFile = folder.PathOf("missing/out.json");
        Assert.Contains("does not exist", Refused(folder, resume: false), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.PathOf("missing")));
        folder.Options.OutputFile = folder.Root;
        Assert.Contains("is a folder", Refused(folder, resume: false), StringComparison.Ordinal);
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc cannot be written even by root");
        folder.Options.OutputFile = "/proc/out.json";
        Assert.Contains("/proc", Refused(folder, resume: false), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_TwoOutputsOfOneName_AreRefused()
    {
        using var folder = new DatasetFolder();
        folder.Options.HashFile = folder.Options.OutputFile;
        Assert.Contains("a name of its own", Refused(folder, resume: false), StringComparison.Ordinal);
    }

    private static string Refused(DatasetFolder folder, bool resume, string? runId = null)
    {
        var message = Assert.Throws<InputException>(() => RunFiles.Check(folder.Options, runId ?? Open.RunId, resume)).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }

    private static void Finish(DatasetFolder folder)
    {
        using var sessions = folder.Sessions();
        var session = Assert.IsType<Opening.Opened>(sessions.Open(Open)).Session;
        new Feed(new World(2), session, 1).Run();
        Assert.Null(session.Finish(DatasetFolder.Finished(Open.RunId)).Fault);
    }
}
