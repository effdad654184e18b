using System.Net;
using System.Text;
using DialogueMesh.Console.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DialogueMesh.Console.Api;

/// <summary>The runs of the mesh as a plain page.</summary>
internal static class StatusPage
{
    public static void MapStatusPage(this IEndpointRouteBuilder routes) => routes.MapGet("/", async (RunArchive archive, CancellationToken ct) =>
    {
        var rows = new StringBuilder();
        foreach (var (runId, written) in await archive.AllAsync(ct))
        {
            var state = written is null ? "goes on" : $"{written.Outcome}: {written.Marginals.Values.FirstOrDefault()?.Values.Sum() ?? 0} dialogues {written.Detail}";
            rows.Append($"<tr><td><code>{runId}</code></td><td>{WebUtility.HtmlEncode(state)}</td>");
            rows.Append($"<td><a href=\"/runs/{runId}\">state</a> <a href=\"/runs/{runId}/files/generated_dialogues.json\">dialogues</a></td></tr>");
        }

        return Results.Content(
            $$"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>DialogueMesh</title>
            <style>body{font:16px/1.5 sans-serif;margin:2rem auto;max-width:60rem} td,th{text-align:left;padding:.2rem 1rem .2rem 0}</style></head>
            <body><h1>DialogueMesh</h1>
            <table><thead><tr><th>Run</th><th>State</th><th>Files</th></tr></thead><tbody>{{rows}}</tbody></table>
            <p>Start one: <code>curl -d '{"total_generations": 100}' /runs</code>; watch it at <code>/runs/ID/events</code>.</p>
            </body></html>
            """,
            "text/html; charset=utf-8");
    });
}
