using DialogueMesh.Cli.Commands;
using DialogueMesh.Contracts.Messages;

namespace DialogueMesh.Cli.Display;

/// <summary>How a run ended for who waits for it.</summary>
internal abstract record RunEnd
{
    private RunEnd()
    {
    }

    /// <summary>Its files are written, or at least its journal is closed.</summary>
    internal sealed record Written(DatasetWritten Message) : RunEnd;

    /// <summary>A fault was published, and nothing came after it.</summary>
    internal sealed record Faulted(string Message) : RunEnd;

    internal sealed record Cancelled : RunEnd;

    public int Code => this switch
    {
        Written { Message.Outcome: RunOutcome.Complete } => ExitCode.Complete,
        Cancelled => ExitCode.Interrupted,
        _ => ExitCode.Unfinished,
    };
}

/// <summary>Waits for a run's end, as the messages tell it.</summary>
internal sealed class RunCompletion(TimeProvider time) : IDisposable
{
    /// <summary>How long after a fault the journal may take to be closed, which <see cref="DatasetWritten"/> tells.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource<RunEnd> ending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock access = new();
    private ITimer? afterFault;

    public void On(DatasetWritten message) => ending.TrySetResult(new RunEnd.Written(message));

    public void On(RunFaulted message)
    {
        lock (access)
        {
            afterFault ??= time.CreateTimer(
                _ => ending.TrySetResult(new RunEnd.Faulted(message.Message)), null, Grace, Timeout.InfiniteTimeSpan);
        }
    }

    /// <returns><see cref="RunEnd.Cancelled"/> where the token was first.</returns>
    public async Task<RunEnd> WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ending.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new RunEnd.Cancelled();
        }
    }

    public void Dispose()
    {
        lock (access)
        {
            afterFault?.Dispose();
        }
    }
}
