using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace DialogueMesh.ServiceDefaults.Logging;

/// <summary>
/// Appends log lines to a file. Whoever logs only puts the line into a queue; a task writes it, and flushes whenever the
/// queue is empty. Disposing writes what is left.
/// </summary>
public sealed class FileLoggerProvider : ILoggerProvider
{
    private readonly TimeProvider time;
    private readonly Redaction redaction;
    private readonly Action<string>? onFault;
    private readonly Lock access = new();
    private readonly StreamWriter file;
    private readonly Channel<string> lines = Channel.CreateUnbounded<string>(new() { AllowSynchronousContinuations = false });
    private bool isFaulted;
    private bool isClosed;

    /// <param name="path">Created where missing, with its folder.</param>
    /// <param name="time">Its local time stamps the lines.</param>
    /// <param name="redaction">Applied to every line.</param>
    /// <param name="onFault">Told once, in one line, when the file can no longer be written; the lines after are dropped.</param>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be opened.</exception>
    public FileLoggerProvider(string path, TimeProvider time, Redaction redaction, Action<string>? onFault = null)
    {
        (this.time, this.redaction, this.onFault) = (time, redaction, onFault);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        file = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        _ = WriteAsync();
    }

    public ILogger CreateLogger(string categoryName) => new LineLogger(Write);

    public void Dispose()
    {
        lines.Writer.TryComplete();
        lock (access)
        {
            WriteQueued();
            if (!isClosed)
            {
                isClosed = true;
                Attempt(file.Dispose);
            }
        }
    }

    /// <summary>What a logger does, for who has none: the exception follows below the line, indented.</summary>
    public void Write(LogLevel level, string message, Exception? exception)
    {
        var line = LogLine.Of(time.GetLocalNow(), level, message);
        var text = exception is null ? line : $"{line}\n{LogLine.Indented(exception)}";
        lines.Writer.TryWrite(redaction.Apply(text));
    }

    private async Task WriteAsync()
    {
        while (await lines.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            lock (access)
            {
                WriteQueued();
            }
        }
    }

    private void WriteQueued() => Attempt(() =>
    {
        while (lines.Reader.TryRead(out var line))
        {
            if (!isFaulted)
            {
                file.WriteLine(line);
            }
        }

        if (!isClosed && !isFaulted)
        {
            file.Flush();
        }
    });

    // A log that cannot be written, as on a full disk, must not end the run. A file beyond the file system's or the process's
    // limit (EFBIG) is reported as an argument that is out of range.
    private void Attempt(Action write)
    {
        try
        {
            write();
        }
        catch (Exception fault) when (fault is IOException or ArgumentOutOfRangeException)
        {
            if (!isFaulted)
            {
                isFaulted = true;
                onFault?.Invoke($"the log cannot be written any more: {LogLine.OneLine(fault.Message)}");
            }
        }
    }
}
