using System.Collections.Concurrent;
using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Dataset.Gate;
using DialogueMesh.Dataset.History;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DialogueMesh.Dataset.Files;

/// <summary>What came of opening a run.</summary>
internal abstract record Opening
{
    internal sealed record Opened(RunSession Session) : Opening;

    /// <summary>The journal cannot be used; the message is one line for the user.</summary>
    internal sealed record Refused(string Message) : Opening;
}

/// <summary>
/// The runs whose journals this process holds. Where runs have a folder each, one that has not ended is opened when it is first
/// heard of: another process held it before.
/// </summary>
internal sealed class RunSessions(
    IOptions<DatasetOptions> options, EarlierDialogues earlier, TimeProvider time, ILogger<RunSessions> logger) : IDisposable
{
    private readonly ConcurrentDictionary<string, RunSession> sessions = new(StringComparer.Ordinal);
    private readonly Lock opening = new();

    private string? Root => options.Value.Root;

    public RunSession? Find(string runId) => sessions.GetValueOrDefault(runId)
        ?? (Root is { } root && RunSpecId.IsOne(runId) && RunningRuns.Find(root, runId) is { } open && Open(open) is Opening.Opened(var session) ? session : null);

    /// <summary>How the runs that have not ended were started: all of them, or the one of this id.</summary>
    public IReadOnlyList<StartRun> Running(string? runId)
    {
        var ids = sessions.Keys.Union(Root is { } root ? RunningRuns.All(root) : [], StringComparer.Ordinal);
        return [.. ids.Where(id => runId is null || id == runId).Select(Find).OfType<RunSession>().Select(session => session.Start)];
    }

    /// <summary>Opens the run's journal, or begins it; a run that is open already stays as it is.</summary>
    public Opening Open(OpenRun open)
    {
        lock (opening)
        {
            if (sessions.GetValueOrDefault(open.RunId) is { } known)
            {
                known.Restart(open);
                return new Opening.Opened(known);
            }

            try
            {
                if (Root is { } root)
                {
                    RunningRuns.Add(root, open);
                }

                var session = OpenJournal(open);
                sessions[open.RunId] = session;
                return new Opening.Opened(session);
            }
            catch (Exception fault) when (fault is InputException || DiskFault.Is(fault))
            {
                logger.Faulted(open.RunId, fault.Message);
                return new Opening.Refused(fault.Message.ReplaceLineEndings(" "));
            }
        }
    }

    /// <summary>Lets go of a run that has ended.</summary>
    public void End(DatasetWritten written)
    {
        if (Root is { } root && sessions.GetValueOrDefault(written.RunId) is { } session)
        {
            FinishedRuns.Add(root, new RunReport(session.Describe(), written));
            RunningRuns.Remove(root, written.RunId);
        }

        Close(written.RunId);
    }

    public void Close(string runId)
    {
        if (sessions.TryRemove(runId, out var session))
        {
            session.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var runId in sessions.Keys)
        {
            Close(runId);
        }
    }

    /// <summary>Reads the journal in <paramref name="stream"/> back, and begins or continues the run in it.</summary>
    /// <exception cref="InputException">The journal is broken, of another run, or of a larger total.</exception>
    internal RunSession Open(OpenRun open, Stream stream)
    {
        var files = options.Value.Of(open.RunId);
        var file = files.JournalFile;
        var replay = JournalReader.Read(stream, file);
        if (replay.State is { } written && written.RunId != open.RunId)
        {
            throw RunFiles.Foreign(file, written.RunId, open.RunId);
        }

        if (replay.State?.Totals[^1] is { } total && total > open.Total)
        {
            throw new InputException($"{file} is of a run of {total} dialogues, more than the {open.Total} asked for: ask for {total} or more");
        }

        if (replay.DroppedBytes > 0)
        {
            stream.SetLength(replay.Length);
            logger.TailDropped(file, replay.DroppedBytes);
        }

        var journal = new Journal(stream, file, replay.Length);
        return new RunSession(Begin(journal, replay.State, open), journal, files, open, time, logger);
    }

    private RunSession OpenJournal(OpenRun open)
    {
        var stream = OpenLocked(options.Value.Of(open.RunId).JournalFile);
        try
        {
            return Open(open, stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static FileStream OpenLocked(string file)
    {
        try
        {
            // FileShare.None takes an exclusive lock; no buffer, so that a write is with the system when it returns.
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException fault) when (RunFiles.IsLocked(fault))
        {
            throw RunFiles.InUse(file);
        }
    }

    private RunState Begin(Journal journal, RunState? replayed, OpenRun open)
    {
        var now = time.GetUtcNow();
        var file = journal.File;
        RunState state;
        if (replayed is null)
        {
            var first = new RunLine { Time = now, RunId = open.RunId, Spec = open.Spec };
            Write(journal, first);
            state = RunState.Begin(first);
            logger.Begun(open.RunId, file, open.Total);
        }
        else
        {
            state = replayed;
            var resumed = new ResumedLine { Time = now };
            state.Apply(resumed, Write(journal, resumed));
            logger.Resumed(open.RunId, file, state.Accepted.Count, open.Total, state.Pending.Count());
        }

        state.Gate.Earlier = earlier;
        if (open.Total > state.Totals[^1])
        {
            var extended = new ExtendedLine { Time = now, Total = open.Total };
            state.Apply(extended, Write(journal, extended));
        }

        return state;
    }

    private static JournalPlace Write(Journal journal, JournalLine line) => journal.Append(line) switch
    {
        Appended.Written(var place) => place,
        Appended.Failed(var message) => throw new InputException(message),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
