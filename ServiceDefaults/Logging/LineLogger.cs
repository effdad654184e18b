using Microsoft.Extensions.Logging;

namespace DialogueMesh.ServiceDefaults.Logging;

/// <summary>Hands each entry on as text; which entries come is decided by the filters of the logging set-up.</summary>
internal sealed class LineLogger(Action<LogLevel, string, Exception?> write) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            write(logLevel, formatter(state, exception), exception);
        }
    }
}
