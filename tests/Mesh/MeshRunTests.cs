using System.Net;
using System.Net.Http.Json;
using DialogueMesh.Tests.EndToEnd;
using Xunit;

namespace DialogueMesh.Tests.Mesh;

/// <summary>Runs through the distributed mesh, over a real RabbitMQ.</summary>
public sealed class MeshRunTests(MeshFixture mesh) : IClassFixture<MeshFixture>
{
    [Fact]
    public async Task Generate_TwoReplicas_WritesTheBytesOfAnEmbeddedRun()
    {
        const string Run = "generate --total_generations 50 --seed 71 --similarity_threshold 0.74";
        using RunFolder embedded = new(), distributed = new();
        await EndToEnd.Cli.CompleteAsync(embedded.Path, Run);

        var result = await EndToEnd.Cli.CompleteAsync(distributed.Path, $"{Run} --mesh {mesh.Console}");

        distributed.AssertSameOutputs(embedded);
        Assert.Contains("Complete: 50 dialogues accepted", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_EveryProcessKilledAndBrokerRestarted_WritesTheSameBytes()
    {
        const string Run = "generate --total_generations 600 --seed 72 --max_parallel 4";
        using RunFolder embedded = new(), distributed = new();
        await using var running = EndToEnd.Cli.Start(distributed.Path, $"{Run} --mesh {mesh.Console}");

        foreach (var name in mesh.Names)
        {
            await mesh.KillAsync(name);
            await Task.Delay(1000, TestContext.Current.CancellationToken);
        }

        await mesh.Bus.RestartAsync();
        Assert.False(running.HasExited, "the run was over before everything was killed: ask for more dialogues");
        await mesh.ReadyAsync();
        var result = await running.EndAsync();

        Assert.True(result.Code == 0, result.ToString());
        await EndToEnd.Cli.CompleteAsync(embedded.Path, Run);
        distributed.AssertSameOutputs(embedded);
    }

    [Theory]
    [InlineData("{\"total_generations\": 5, \"sede\": 3}", "sede")]
    [InlineData("{\"total_generations\": 0}", "total_generations 0 is too low: give 1 or more")]
    [InlineData("{\"total_generations\": 5, \"regions\": [\"Lodnon\"]}", "unknown region 'Lodnon' in regions")]
    [InlineData("{\"total_generations\": ", "no JSON of a run")]
    public async Task Post_BadRequest_IsRefusedInOneLine(string json, string expected)
    {
        using var client = new HttpClient { BaseAddress = mesh.Console };
        using var answer = await client.PostAsync("runs", new StringContent(json), TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(expected, System.Text.RegularExpressions.Regex.Unescape(text), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', text);
    }

    [Fact]
    public async Task Delete_RunGoingOn_EndsItWithWhatItHas()
    {
        using var client = new HttpClient { BaseAddress = mesh.Console };
        using var started = await client.PostAsJsonAsync("runs", new { total_generations = 5000, seed = 73, max_parallel = 2 }, TestContext.Current.CancellationToken);
        var id = (await started.Content.ReadFromJsonAsync<Started>(TestContext.Current.CancellationToken))!.run_id;
        var events = client.GetStreamAsync($"runs/{id}/events", TestContext.Current.CancellationToken);
        using var watched = new StreamReader(await events);
        var seen = "";
        while (!seen.Contains("DialogueAccepted", StringComparison.Ordinal))
        {
            seen = await watched.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("the events ended");
        }

        using var cancelled = await client.DeleteAsync($"runs/{id}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Accepted, cancelled.StatusCode);
        Assert.Contains("stopped by request", await watched.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var dialogues = await client.GetStringAsync($"runs/{id}/files/generated_dialogues.json", TestContext.Current.CancellationToken);
        Assert.Contains("dialogue_id", dialogues, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("runs/000000000000")]
    [InlineData("runs/000000000000/files/manifest.json")]
    [InlineData("runs/..%2F..%2Fetc/files/passwd")]
    [InlineData("runs/000000000000/files/..%2Fstart.json")]
    public async Task Get_NothingThere_IsNotFound(string path)
    {
        using var client = new HttpClient { BaseAddress = mesh.Console };
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public Task Get_DatasetGone_IsToldInOneLine() => mesh.WithoutAsync("dataset", async () =>
    {
        using var client = new HttpClient { BaseAddress = mesh.Console };
        using var answer = await client.GetAsync("runs", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(
            "{\"error\":\"the dataset service does not answer: try again when it is back\"}",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    });

    private sealed record Started(string run_id);
}
