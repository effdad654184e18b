using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace DialogueMesh.ServiceDefaults.Logging;

/// <summary>The form of a log line: "2026-01-31 12:00:00 [INFO] message", in local time.</summary>
public static class LogLine
{
    public static string Of(DateTimeOffset localTime, LogLevel level, string message) => string.Create(
        CultureInfo.InvariantCulture, $"{localTime:yyyy-MM-dd HH:mm:ss} [{Name(level)}] {OneLine(message)}");

    /// <summary>Line ends and other control characters are escaped: a message can neither forge a line nor steer a terminal.</summary>
    public static string OneLine(string message)
    {
        if (!message.Any(char.IsControl))
        {
            return message;
        }

        var line = new StringBuilder(message.Length + 8);
        foreach (var character in message)
        {
            _ = character switch
            {
                '\n' => line.Append(@"\n"),
                '\r' => line.Append(@"\r"),
                '\t' => line.Append(' '),
                _ when char.IsControl(character) => line.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => line.Append(character),
            };
        }

        return line.ToString();
    }

    /// <summary>The exception as indented lines below its message's line.</summary>
    public static string Indented(Exception exception) => string.Join(
        '\n', exception.ToString().ReplaceLineEndings("\n").Split('\n').Select(line => "    " + OneLine(line)));

    private static string Name(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "DEBUG",
        LogLevel.Warning => "WARNING",
        LogLevel.Error => "ERROR",
        LogLevel.Critical => "CRITICAL",
        _ => "INFO",
    };
}
