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
    [InlineData("out.json", "another --output_file")]
    [InlineData("hashes.json", "another --output_file")]
    [InlineData("vectors.npy", "another --output_file")]
    [InlineData("manifest.json", "an --output_file in another folder")]
    [InlineData("run.journal.jsonl", "another --output_file")]
    public void Check_OutputExists_IsRefusedWithoutResume(string name, string other)
    {
        using var folder = new DatasetFolder();
        File.WriteAllText(folder.PathOf(name), "");
        var message = Refused(folder, resume: false);
        Assert.Contains($"{name} exists; use --resume to continue run {Open.RunId}, or {other}", message, StringComparison.Ordinal);
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
        Assert.Contains("its journal", Refused(folder, resume: true), StringComparison.Ordinal);
        File.WriteAllText(folder.Options.JournalFile, "");
        Assert.Contains("is gone", Refused(folder, resume: true), StringComparison.Ordinal);
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

    [Fact]
    public void Check_OneFileUnderTwoNames_IsRefusedAndLeavesNothing()
    {
        using var folder = new DatasetFolder();
        Directory.CreateSymbolicLink(folder.PathOf("link"), folder.Root);
        folder.Options.HashFile = folder.PathOf(Path.Combine("link", "out.json"));
        Assert.Contains("the same file as another output", Refused(folder, resume: false), StringComparison.Ordinal);
        Assert.Equal([folder.PathOf("link")], Directory.GetFileSystemEntries(folder.Root));
    }

    [Fact]
    public void Finish_ManifestOfAnotherRunByNow_OverwritesNothing()
    {
        using var folder = new DatasetFolder();
        using var sessions = folder.Sessions();
        var session = Assert.IsType<Opening.Opened>(sessions.Open(Open)).Session;
        new Feed(new World(2), session, 1).Run();
        const string Other = """{"run_id":"otherotherot"}""";
        File.WriteAllText(folder.Options.ManifestFile, Other);

        var (written, fault) = session.Finish(DatasetFolder.Finished(Open.RunId));

        Assert.Contains("manifest.json is by now of run otherotherot", fault, StringComparison.Ordinal);
        Assert.Equal(RunOutcome.Faulted, written.Outcome);
        Assert.Equal(Other, File.ReadAllText(folder.Options.ManifestFile));
        Assert.False(File.Exists(folder.Options.OutputFile));
    }

    [Fact]
    public void Check_NameTheFileSystemDoesNotTake_IsRefused()
    {
        using var folder = new DatasetFolder();
        folder.Options.HashFile = folder.PathOf(new string('h', 253));
        Assert.Contains("too long a name", Refused(folder, resume: false), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Root));
    }

    [Theory]
    [InlineData("run.journal.jsonl")]
    [InlineData("run.log")]
    public void Check_JournalOrLogThatCannotBeWritten_IsRefused(string name)
    {
        using var folder = new DatasetFolder();
        folder.Options.LogFile = folder.PathOf("run.log");
        File.WriteAllText(folder.PathOf(name), "");
        File.SetAttributes(folder.PathOf(name), FileAttributes.ReadOnly);
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "root writes read-only files");
        Assert.Contains($"cannot write {folder.PathOf(name)}", Refused(folder, resume: true), StringComparison.Ordinal);
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
