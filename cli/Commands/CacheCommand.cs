using System.Globalization;
using DialogueMesh.Cli.Display;
using DialogueMesh.Cli.Options;
using DialogueMesh.Contracts;
using DialogueMesh.Llm.Sqlite;
using Microsoft.Data.Sqlite;

namespace DialogueMesh.Cli.Commands;

/// <summary>The verb cache: what the response cache holds, and how to make it smaller.</summary>
internal static class CacheCommand
{
    /// <exception cref="InputException">The file is none of ours, or locked.</exception>
    public static async Task<int> RunAsync(CacheSettings settings, TextWriter output, TimeProvider time)
    {
        if (!File.Exists(settings.File))
        {
            await output.WriteLineAsync($"{settings.File}: nothing is cached there.");
            return ExitCode.Complete;
        }

        try
        {
            await output.WriteLineAsync(settings.Action == CacheAction.Stats ? Stats(settings.File) : Prune(settings, time));
            return ExitCode.Complete;
        }
        catch (Exception fault) when (fault is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"{settings.File} cannot be used as a response cache: {fault.Message.ReplaceLineEndings(" ")} Give another {Verbs.CacheFile.Long}, or delete it", fault);
        }
    }

    private static string Stats(string file)
    {
        var content = CacheFile.Content(file);
        var lines = content.Select(each => string.Create(
            CultureInfo.InvariantCulture,
            $"  {each.Endpoint} {each.Model}: {each.Answers:N0} answers, {Figures.Bytes(each.Bytes)}, {Figures.Dollars(each.Cost)} paid, {each.Oldest:yyyy-MM-dd} to {each.Newest:yyyy-MM-dd}"));
        var total = string.Create(
            CultureInfo.InvariantCulture,
            $"{file}: {content.Sum(each => each.Answers):N0} answers, {Figures.Bytes(new FileInfo(file).Length)}, {Figures.Dollars(content.Sum(each => each.Cost))} as first paid");
        return string.Join(Environment.NewLine, lines.Prepend(total));
    }

    private static string Prune(CacheSettings settings, TimeProvider time)
    {
        var limit = settings.Days == 0 ? DateTimeOffset.MaxValue : time.GetUtcNow() - TimeSpan.FromDays(settings.Days);
        var removed = CacheFile.Prune(settings.File, limit);
        return $"{settings.File}: {Figures.Count(removed)} answers removed, {Figures.Bytes(new FileInfo(settings.File).Length)} left";
    }
}
