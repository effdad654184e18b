using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DialogueMesh.ServiceDefaults.Logging;

/// <summary>Where the log of a run goes, and what must not be in it.</summary>
public sealed class RunLogOptions
{
    public required string File { get; init; }

    /// <summary>Takes the console's lines; called from any thread.</summary>
    public required Action<string> WriteConsoleLine { get; init; }

    public required TimeProvider Time { get; init; }

    public required Redaction Redaction { get; init; }

    /// <summary>The least level of DialogueMesh's own entries in the file.</summary>
    public LogLevel FileLevel { get; init; } = LogLevel.Information;
}

public static class RunLog
{
    private const string OwnCategories = "DialogueMesh";

    /// <summary>Services that say something about every dialogue: for the file, too much for the console.</summary>
    private static readonly string[] PerDialogue = ["DialogueMesh.Scenario", "DialogueMesh.Moderation"];

    /// <summary>
    /// Replaces the logging of the host: a file and the console in the same form, each with our own entries from Information
    /// on and those of the libraries from Warning on. The file is opened here and closed with the service provider.
    /// </summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be opened.</exception>
    public static ILoggingBuilder AddRunLog(this ILoggingBuilder logging, RunLogOptions options)
    {
        var file = new FileLoggerProvider(options.File, options.Time, options.Redaction, options.WriteConsoleLine);
        logging.ClearProviders();

        // By a factory, so that the container disposes what it hands out.
        logging.Services.AddSingleton<ILoggerProvider>(_ => file);
        logging.Services.AddSingleton<ILoggerProvider>(
            _ => new ConsoleLoggerProvider(options.WriteConsoleLine, options.Time, options.Redaction));
        logging.SetMinimumLevel(options.FileLevel < LogLevel.Information ? options.FileLevel : LogLevel.Information);
        logging.AddFilter<FileLoggerProvider>(null, LogLevel.Warning);
        logging.AddFilter<FileLoggerProvider>(OwnCategories, options.FileLevel);
        logging.AddFilter<ConsoleLoggerProvider>(null, LogLevel.Warning);
        logging.AddFilter<ConsoleLoggerProvider>(OwnCategories, LogLevel.Information);
        foreach (var chatty in PerDialogue)
        {
            logging.AddFilter<ConsoleLoggerProvider>(chatty, LogLevel.Warning);
        }

        return logging;
    }
}
