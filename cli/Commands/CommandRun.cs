using DialogueMesh.Cli.Credentials;
using DialogueMesh.Cli.Fetching;
using DialogueMesh.Cli.Options;
using DialogueMesh.Contracts;
using DialogueMesh.ServiceDefaults.Logging;
using Microsoft.Extensions.Logging;

namespace DialogueMesh.Cli.Commands;

/// <summary>From the command line's words to an exit code: every fault becomes one line on the error stream.</summary>
internal static class CommandRun
{
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error, RunGeneration run)
    {
        using var interruption = Interruption.Listen(error);
        return await RunAsync(args, output, error, run, interruption.Token);
    }

    internal static async Task<int> RunAsync(
        IReadOnlyList<string> args, TextWriter output, TextWriter error, RunGeneration run, CancellationToken cancellationToken)
    {
        Request? request = null;
        try
        {
            request = CommandReader.Read(args);
            return await CarryOutAsync(request, output, error, run, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception fault) when (InputFault(fault) is { } input)
        {
            await error.WriteLineAsync(KnownSecrets().Apply($"error: {LogLine.OneLine(input.Message)}"));
            return ExitCode.BadInput;
        }
        catch (Exception fault)
        {
            await error.WriteLineAsync(Unexpected(fault, request));
            return ExitCode.Unfinished;
        }
    }

    private static async Task<int> CarryOutAsync(
        Request request, TextWriter output, TextWriter error, RunGeneration run, CancellationToken cancellationToken)
    {
        switch (request)
        {
            case Request.Generate(var settings):
                return await GenerateCommand.RunAsync(settings, output, error, run, cancellationToken);
            case Request.Extract(var settings):
                return await ExtractCommand.RunAsync(settings, output, error, cancellationToken);
            case Request.Measure(var settings):
                return await MeasureCommand.RunAsync(settings, output, cancellationToken);
            case Request.Cache(var settings):
                return await CacheCommand.RunAsync(settings, output, TimeProvider.System);
            case Request.Fetch(var settings):
                return await FetchCommand.RunAsync(settings, Environment.CurrentDirectory, output, error, new Patience(), cancellationToken);
            case Request.Show(var text):
                await output.WriteAsync(text);
                return ExitCode.Complete;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    // Hosts and the bus wrap what is thrown while they start.
    private static InputException? InputFault(Exception fault)
    {
        for (var current = fault; current is not null; current = current.InnerException)
        {
            if (current is InputException input)
            {
                return input;
            }
        }

        return null;
    }

    /// <summary>The line for the user; the stack trace goes to the log.</summary>
    private static string Unexpected(Exception fault, Request? request)
    {
        var secrets = KnownSecrets();
        var message = secrets.Apply(LogLine.OneLine($"unexpected fault: {fault.Message}"));
        var log = OutputPaths.Of((request as Request.Generate)?.Settings ?? new GenerateSettings()).Log;
        try
        {
            using var file = new FileLoggerProvider(log, TimeProvider.System, secrets);
            file.Write(LogLevel.Critical, message, fault);
            return $"{message}; details in {log}";
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            return $"{message} ({fault.GetType().Name}); {log} cannot be written";
        }
    }

    private static Redaction KnownSecrets()
    {
        try
        {
            return new Redaction(KeySource.Find()?.Reveal(), KeySource.Find(forAzure: true)?.Reveal());
        }
        catch (InputException)
        {
            return Redaction.None;
        }
    }
}
