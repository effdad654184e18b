using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Dataset.Files;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace DialogueMesh.Dataset.Serving;

/// <summary>The run folders over HTTP, for the mesh's own use.</summary>
public static class RunFilesApi
{
    public static void MapRuns(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/runs", Runs);
        routes.MapGet("/runs/{runId}", Run);
        routes.MapGet("/runs/{runId}/files/{name}", File);
    }

    private static IResult Runs(IOptions<DatasetOptions> options) =>
        Results.Json(FinishedRuns.All(options.Value.Root!), DialogueJson.Compact);

    private static IResult Run(string runId, RunSessions sessions, IOptions<DatasetOptions> options)
    {
        if (!RunSpecId.IsOne(runId))
        {
            return Results.NotFound();
        }

        var report = sessions.Find(runId) is { } session ? new RunReport(session.Describe(), null) : FinishedRuns.Find(options.Value.Root!, runId);
        return report is null ? Results.NotFound() : Results.Json(report, DialogueJson.Compact);
    }

    private static Results<PhysicalFileHttpResult, NotFound> File(string runId, string name, IOptions<DatasetOptions> options)
    {
        if (!RunSpecId.IsOne(runId))
        {
            return TypedResults.NotFound();
        }

        // Only the names that a run's files have: no path of a caller's making.
        var file = options.Value.Of(runId).RunFiles.FirstOrDefault(file => Path.GetFileName(file) == name);
        return file is not null && System.IO.File.Exists(file) ? TypedResults.PhysicalFile(file, "application/octet-stream", name) : TypedResults.NotFound();
    }
}
