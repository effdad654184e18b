using Microsoft.Extensions.Logging;

namespace DialogueMesh.ServiceDefaults.Logging;

/// <summary>
/// Log lines for the person at the console, an exception as its message only. Where they go is the caller's: to the error
/// stream, or above a display that is redrawn.
/// </summary>
public sealed class ConsoleLoggerProvider(Action<string> writeLine, TimeProvider time, Redaction redaction) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new LineLogger((level, message, exception) =>
    {
        var text = exception is null ? message : $"{message} ({exception.GetType().Name}: {exception.Message})";
        writeLine(redaction.Apply(LogLine.Of(time.GetLocalNow(), level, text)));
    });

    public void Dispose()
    {
        // Nothing is held: the writer is the caller's.
    }
}
