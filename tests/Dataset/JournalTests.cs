using System.Text;
using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Dataset.Files;
using Xunit;

namespace DialogueMesh.Tests.Dataset;

public sealed class JournalTests
{
    [Fact]
    public void Open_BrokenLineInTheMiddle_NamesTheLine()
    {
        using var folder = new DatasetFolder();
        var open = World.Open(3);
        Fill(folder, open);
        var lines = File.ReadAllLines(folder.Options.JournalFile);
        foreach (var broken in new[] { lines[2][..^5], "", "{}", "{\"type\":\"what\"}", "null", lines[1], lines[^1] })
        {
            File.WriteAllLines(folder.Options.JournalFile, [.. lines[..2], broken, .. lines[3..]]);
            var refused = Refused(folder, open);
            Assert.Contains("run.journal.jsonl, line ", refused, StringComparison.Ordinal);
            Assert.Contains("is broken", refused, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Open_TailOfZeros_IsDropped()
    {
        // What a power cut leaves of a file that had grown.
        using var folder = new DatasetFolder();
        var open = World.Open(3);
        Fill(folder, open);
        File.AppendAllText(folder.Options.JournalFile, new string('\0', 5000));
        using var sessions = folder.Sessions();
        Assert.Equal(3, Assert.IsType<Opening.Opened>(sessions.Open(open)).Session.Describe().Accepted.Count);
        sessions.Close(open.RunId);
        Assert.DoesNotContain('\0', File.ReadAllText(folder.Options.JournalFile));
    }

    [Fact]
    public void Open_JournalOfAnotherRun_SaysWhichAndWhatToDo()
    {
        using var folder = new DatasetFolder();
        var (first, second) = (World.Open(3), World.Open(3, seed: 2));
        Fill(folder, first);
        var before = File.ReadAllBytes(folder.Options.JournalFile);
        var refused = Refused(folder, second);
        Assert.All(["run.journal.jsonl", first.RunId, second.RunId, "another --output_file"], part => Assert.Contains(part, refused, StringComparison.Ordinal));
        Assert.Equal(before, File.ReadAllBytes(folder.Options.JournalFile));
    }

    [Fact]
    public void Open_SmallerTotal_IsRefused()
    {
        using var folder = new DatasetFolder();
        Fill(folder, World.Open(3, total: 5));
        Assert.Contains("a run of 5 dialogues, more than the 4", Refused(folder, World.Open(3, total: 4)), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_JournalInUse_IsRefused()
    {
        using var folder = new DatasetFolder();
        var open = World.Open(3);
        using var holder = folder.Sessions();
        Assert.IsType<Opening.Opened>(holder.Open(open));
        Assert.Contains("in use by another process", Refused(folder, open), StringComparison.Ordinal);
        var fault = Assert.Throws<InputException>(() => RunFiles.Check(folder.Options, open.RunId, resume: true));
        Assert.Contains("in use by another process", fault.Message, StringComparison.Ordinal);
        holder.Close(open.RunId);
        using var next = folder.Sessions();
        Assert.IsType<Opening.Opened>(next.Open(open));
    }

    [Fact]
    public void Append_BeforeAnySync_IsSeenByOthers()
    {
        // A killed process loses what it holds in its own memory, and nothing else.
        using var folder = new DatasetFolder();
        var open = World.Open(50);
        using var sessions = folder.Sessions();
        var session = Assert.IsType<Opening.Opened>(sessions.Open(open)).Session;
        new Feed(new World(2), session, 1).Run(atMost: 30);
        using var copy = new MemoryStream(Encoding.UTF8.GetBytes(ReadUnlocked(folder.Options.JournalFile)));
        Assert.Equal(session.Describe().Candidates, JournalReader.Read(copy, "copy").State!.Statistics.Candidates);
    }

    private static string ReadUnlocked(string file)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads a locked file by cat");
        using var cat = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("cat", [file]) { RedirectStandardOutput = true })!;
        return cat.StandardOutput.ReadToEnd();
    }

    private static void Fill(DatasetFolder folder, OpenRun open)
    {
        using var sessions = folder.Sessions();
        new Feed(new World(2, copies: 0), Assert.IsType<Opening.Opened>(sessions.Open(open)).Session, 1).Run();
    }

    private static string Refused(DatasetFolder folder, OpenRun open)
    {
        using var sessions = folder.Sessions();
        return Assert.IsType<Opening.Refused>(sessions.Open(open)).Message;
    }
}
