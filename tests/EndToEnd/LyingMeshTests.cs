using System.Text.Json;
using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Tests.Balancing;
using DialogueMesh.Tests.Llm;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace DialogueMesh.Tests.EndToEnd;

/// <summary>What --mesh does when the server there is not what it says: one line, no trace, and no file half written.</summary>
public sealed class LyingMeshTests
{
    private static readonly StartRun Start = TestSpecs.Start(TestSpecs.Default(), 4);

    [Theory]
    [InlineData(202, "{\"RunId\": 5}", "answers POST runs with what is no run")]
    [InlineData(202, "null", "answers POST runs with what is no run")]
    [InlineData(202, "<html>", "answers POST runs with what is no run")]
    [InlineData(200, "{}", "answers 200 to POST runs")]
    [InlineData(503, "{\"error\":\"the dataset service does not answer\"}", "the dataset service does not answer")]
    [InlineData(400, "<html>", "the mesh does not take the request")]
    public async Task Generate_AnswerIsNoRun_IsOneLine(int status, string body, string expected)
    {
        using var folder = new RunFolder();
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json(status, body));

        var result = await Cli.RunAsync(folder.Path, $"generate --total_generations 4 --mesh {server.BaseAddress}");

        Assert.Equal(2, result.Code);
        Assert.Contains(expected, Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Generate_EventsAreNoMessages_EndsAndSaysSo()
    {
        using var folder = new RunFolder();
        await using var server = await ScriptedServer.StartAsync(Started, Events("DialogueAccepted", "{no json"));

        var result = await Cli.RunAsync(folder.Path, $"generate --total_generations 4 --mesh {server.BaseAddress}");

        Assert.Equal(1, result.Code);
        Assert.Contains("the mesh does not tell how run run goes", result.Output + result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Output + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_FilesAreNotThere_SaysSoAtOnce()
    {
        using var folder = new RunFolder();
        var written = new DatasetWritten
        {
            RunId = Start.RunId,
            Outcome = RunOutcome.Complete,
            Detail = "",
            Files = ["generated_dialogues.json"],
            Marginals = new Dictionary<string, IReadOnlyDictionary<string, int>>(),
        };
        await using var server = await ScriptedServer.StartAsync(
            Started, Events(nameof(DatasetWritten), JsonSerializer.Serialize(written, DialogueJson.Compact)), ScriptedServer.Json(404, "{}"));

        var result = await Cli.RunAsync(folder.Path, $"generate --total_generations 4 --mesh {server.BaseAddress}");

        Assert.Equal(2, result.Code);
        Assert.Contains("could not be fetched", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(3, server.Calls);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    private static Task Started(HttpContext context) => ScriptedServer.Json(202, JsonSerializer.Serialize(Start, DialogueJson.Compact))(context);

    private static RequestDelegate Events(string type, string data) => context =>
    {
        context.Response.ContentType = "text/event-stream";
        return context.Response.WriteAsync($"event: {type}\ndata: {data}\n\n");
    };
}
