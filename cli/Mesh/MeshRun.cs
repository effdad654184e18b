using System.Net;
using DialogueMesh.Cli.Display;
using DialogueMesh.Cli.Options;
using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Dataset;
using DialogueMesh.Dataset.Files;
using Spectre.Console;

namespace DialogueMesh.Cli.Mesh;

/// <summary>A run that a mesh carries out, shown and fetched here.</summary>
internal static class MeshRun
{
    /// <summary>Half a minute of them: a console that is started anew is back by then.</summary>
    private const int FetchTries = 30;

    private static readonly TimeSpan ReconnectPause = TimeSpan.FromSeconds(1);

    public static async Task<int> RunAsync(GenerateSettings settings, CancellationToken cancellationToken)
    {
        var files = FilesOf(OutputPaths.Of(settings));
        using var mesh = new MeshClient(settings.Mesh!, Environment.GetEnvironmentVariable(MeshClient.TokenName));
        RunFiles.CheckFree(files);
        var start = await mesh.StartAsync(settings, cancellationToken);
        var (terminal, time) = (Terminal.Create(), TimeProvider.System);
        terminal.Console.WriteLine(
            $"Run {start.RunId} of {start.Total} dialogues in the mesh at {settings.Mesh}; Ctrl-C leaves it running.");
        var progress = new RunProgress(time);
        using var completion = new RunCompletion(time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = WatchAsync(mesh, start.RunId, progress, completion, stop.Token);
        var display = RunDisplay.ShowAsync(terminal, progress, time, stop.Token);
        var end = await completion.WaitAsync(cancellationToken);
        await stop.CancelAsync();
        await Task.WhenAll(display, watching);
        RunSummary.Write(terminal.Console, progress.Snapshot(), await FetchAsync(mesh, start.RunId, files, end, cancellationToken), "with the same command");
        return end.Code;
    }

    /// <summary>Until the run's end; a console that goes away is asked again when it is back.</summary>
    private static async Task WatchAsync(
        MeshClient mesh, string runId, RunProgress progress, RunCompletion completion, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await foreach (var message in mesh.WatchAsync(runId, cancellationToken))
                {
                    Tell(message, progress, completion);
                }

                await Task.Delay(ReconnectPause, cancellationToken);
            }
            catch (Exception fault) when (fault is System.Text.Json.JsonException || IsFinal(fault))
            {
                completion.On(new RunFaulted { RunId = runId, Message = $"the mesh does not tell how run {runId} goes: {fault.Message.ReplaceLineEndings(" ")}" });
                return;
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException)
            {
                await Task.Delay(ReconnectPause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private static void Tell(object message, RunProgress progress, RunCompletion completion)
    {
        switch (message)
        {
            case RunOpened opened:
                progress.On(opened);
                break;
            case CandidateJournalled journalled:
                progress.On(journalled);
                break;
            case DialogueAccepted accepted:
                progress.On(accepted);
                break;
            case DialogueRejected rejected:
                progress.On(rejected);
                break;
            case RunFaulted faulted:
                completion.On(faulted);
                break;
            case DatasetWritten written:
                completion.On(written);
                break;
            default:
                throw new System.Diagnostics.UnreachableException($"no way for {message}");
        }
    }

    /// <returns>The end, with the files where they are now.</returns>
    private static async Task<RunEnd> FetchAsync(
        MeshClient mesh, string runId, DatasetOptions files, RunEnd end, CancellationToken cancellationToken)
    {
        if (end is not RunEnd.Written { Message: { Files.Count: > 0 } written })
        {
            return end;
        }

        var defaults = new DatasetOptions();
        (string Name, string Target)[] pairs =
        [
            (defaults.OutputFile, files.OutputFile), (defaults.HashFile, files.HashFile),
            (defaults.EmbeddingFile, files.EmbeddingFile), (defaults.ManifestFile, files.ManifestFile),
        ];
        foreach (var (name, target) in pairs)
        {
            await FetchPatientlyAsync(() => mesh.FetchAsync(runId, name, target, cancellationToken), target, cancellationToken);
        }

        return new RunEnd.Written(written with { Files = [.. pairs.Select(pair => pair.Target)] });
    }

    private static async Task FetchPatientlyAsync(Func<Task> fetch, string target, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await fetch();
                return;
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException)
            {
                if (tries == FetchTries || IsFinal(fault))
                {
                    throw new InputException(
                        $"the run is done, but {target} could not be fetched ({fault.Message.ReplaceLineEndings(" ")}): move what was fetched away, and give the same command again", fault);
                }

                await Task.Delay(ReconnectPause, cancellationToken);
            }
        }
    }

    /// <summary>Whether asking again brings nothing else: it was answered, and the answer is no.</summary>
    private static bool IsFinal(Exception fault) => fault is HttpRequestException { StatusCode: >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError };

    private static DatasetOptions FilesOf(OutputPaths paths) => new()
    {
        OutputFile = paths.Output,
        HashFile = paths.Hashes,
        EmbeddingFile = paths.Embeddings,
        ManifestFile = paths.Manifest,
        JournalFile = paths.Journal,
    };
}
