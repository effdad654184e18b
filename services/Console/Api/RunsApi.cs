using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using DialogueMesh.Console.Events;
using DialogueMesh.Console.Runs;
using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Runs.Requests;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DialogueMesh.Console.Api;

/// <summary>Runs over HTTP: start, watch, cancel, fetch.</summary>
internal static class RunsApi
{
    // A misspelt setting is a mistake, not to be passed over.
    private static readonly JsonSerializerOptions Strict = new(DialogueJson.Compact)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    public static void MapRunsApi(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/runs", StartAsync);
        routes.MapGet("/runs", async (RunArchive archive, CancellationToken ct) => Results.Json(await archive.AllAsync(ct), DialogueJson.Compact));
        routes.MapGet("/runs/{runId}", async (string runId, RunArchive archive, CancellationToken ct) =>
            await archive.FindAsync(runId, ct) is { } report ? Results.Json(report, DialogueJson.Compact) : NoSuchRun(runId));
        routes.MapGet("/runs/{runId}/events", (string runId, RunArchive archive, RunFeeds feeds, CancellationToken ct) =>
            RunSpecId.IsOne(runId) ? TypedResults.ServerSentEvents(EventsAsync(runId, archive, feeds, ct)) : NoSuchRun(runId));
        routes.MapGet("/runs/{runId}/files/{name}", FileAsync);
        routes.MapDelete("/runs/{runId}", CancelAsync);
    }

    private static async Task<IResult> StartAsync(HttpRequest http, RunStarter starter, CancellationToken cancellationToken)
    {
        try
        {
            var request = await JsonSerializer.DeserializeAsync<RunRequest>(http.Body, Strict, cancellationToken)
                ?? throw new JsonException("null is no request");
            var start = await starter.StartAsync(request, cancellationToken);
            return Results.Json(start, DialogueJson.Compact, statusCode: StatusCodes.Status202Accepted);
        }
        catch (JsonException fault)
        {
            return Problem($"the request is no JSON of a run: {fault.Message.ReplaceLineEndings(" ")}");
        }
        catch (InputException fault)
        {
            // Settings have the options' names; the dashes are the command line's.
            return Problem(fault.Message.Replace("--", "", StringComparison.Ordinal));
        }
    }

    /// <summary>Where the run stands, then everything published about it until its end.</summary>
    private static async IAsyncEnumerable<SseItem<string>> EventsAsync(
        string runId, RunArchive archive, RunFeeds feeds, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Watched before it is asked where it stands: nothing falls between; what comes twice says the same.
        using var feed = feeds.Watch(runId);
        var report = await archive.FindAsync(runId, cancellationToken);
        if (report is not null)
        {
            yield return Item(report.Opened);
        }

        if (report?.Written is { } written)
        {
            yield return Item(written);
            yield break;
        }

        await foreach (var message in feed.ReadAsync(cancellationToken))
        {
            yield return Item(message);
        }
    }

    private static SseItem<string> Item(object message) =>
        new(JsonSerializer.Serialize(message, message.GetType(), DialogueJson.Compact), message.GetType().Name);

    private static async Task<IResult> FileAsync(
        string runId, string name, RunArchive archive, HttpContext http, CancellationToken cancellationToken)
    {
        var file = await archive.FileAsync(runId, name, cancellationToken);
        if (file is null)
        {
            return Results.Json(new { error = $"run {runId} has no file {name}" }, statusCode: StatusCodes.Status404NotFound);
        }

        http.Response.RegisterForDispose(file);
        return Results.Stream(await file.Content.ReadAsStreamAsync(cancellationToken), "application/octet-stream", name);
    }

    private static async Task<IResult> CancelAsync(string runId, RunArchive archive, IBus bus, CancellationToken cancellationToken)
    {
        if (await archive.FindAsync(runId, cancellationToken) is null)
        {
            return NoSuchRun(runId);
        }

        await bus.Publish(new CancelRun { RunId = runId }, cancellationToken);
        return Results.Accepted();
    }

    private static IResult Problem(string message) => Results.Json(new { error = message }, statusCode: StatusCodes.Status400BadRequest);

    private static IResult NoSuchRun(string runId) => Results.Json(new { error = $"there is no run {runId}" }, statusCode: StatusCodes.Status404NotFound);
}
