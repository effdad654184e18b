using System.Text;
using System.Text.Json;
using DialogueMesh.Cli.Fetching;
using DialogueMesh.Scenario.Personas;
using DialogueMesh.Tests.Scenario.Corpora;
using Xunit;

namespace DialogueMesh.Tests.Cli.Fetching;

public sealed class PersonaFetchTests : IDisposable
{
    private static readonly RowSet Rows = new("owner/personas of mine", "default", "train");

    private static readonly Patience Short = new() { Stall = TimeSpan.FromSeconds(0.3), Waits = [TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero] };

    private readonly TempFolder folder = new();

    private string Target => Path.Combine(folder.Path, "personas.jsonl");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Fetch_Pages_BecomeTheLinesOfPersonas()
    {
        await using var server = await ServerAsync(Pages(250), FileServer.Status(429), FileServer.Cut(500), FileServer.Stall(2000));

        await FetchAsync(server);

        var personas = PersonaFile.Load(Target).Personas;
        Assert.Equal(250, personas.Count);
        Assert.Equal(Enumerable.Range(0, 250).Select(i => $"A baker, number {i} – “the best”"), personas.Select(persona => persona.Description));
        Assert.Equal((7, "Education"), (personas[7].ClusterLabel, personas[7].SummaryLabels[0]));
        Assert.DoesNotContain("embedding", await File.ReadAllTextAsync(Target, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Fetch_StoppedBefore_GoesOnFromTheLastWholeRow()
    {
        await using var server = await ServerAsync(
            Pages(250), FileServer.Serve, FileServer.Serve, FileServer.Status(500), FileServer.Status(500), FileServer.Status(500), FileServer.Status(500));
        await Assert.ThrowsAsync<FetchException>(() => FetchAsync(server));
        await File.AppendAllTextAsync(Target + ".part", """{"id":"half a """, TestContext.Current.CancellationToken);

        await FetchAsync(server);

        Assert.Equal(250, PersonaFile.Load(Target).Personas.Count);
        Assert.Equal(7, server.Requests.Count);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(100)]
    [InlineData(130)]
    public async Task Fetch_Rows_TakesTheFirst(int most)
    {
        await using var server = await ServerAsync(Pages(250));

        await FetchAsync(server, most);

        Assert.Equal(most, PersonaFile.Load(Target).Personas.Count);
    }

    [Fact]
    public async Task Fetch_AnotherRevisionMeanwhile_BeginsAnewNextTime()
    {
        await using var server = await ServerAsync(Pages(250), FileServer.Serve, async (context, page) =>
        {
            context.Response.Headers["X-Revision"] = "b";
            await context.Response.Body.WriteAsync(page);
        });

        var fault = await Assert.ThrowsAsync<FetchException>(() => FetchAsync(server));

        Assert.Contains("has changed since", fault.Message);
        Assert.Equal(0, new FileInfo(Target + ".part").Length);
    }

    [Theory]
    [InlineData("""{"error":"not ready"}""", "is no page of rows")]
    [InlineData("<html>", "is no page of rows")]
    [InlineData("""{"num_rows_total":250,"rows":[]}""", "has 0 rows of 250")]
    [InlineData("""{"num_rows_total":1,"rows":[{"row_idx":5,"row":{"persona":"x"}}]}""", "gives row 5 for row 0")]
    [InlineData("""{"num_rows_total":1,"rows":[{"row_idx":0,"row":{"persona":"x"},"truncated_cells":["persona"]}]}""", "has cut 'persona' of row 0 short")]
    [InlineData("""{"num_rows_total":1,"rows":[{"row_idx":0,"row":{"text":"x"}}]}""", "has no 'persona'")]
    public async Task Fetch_NoSuchPage_IsAFaultInOneLine(string page, string expected)
    {
        await using var server = await ServerAsync([Encoding.UTF8.GetBytes(page)]);

        var fault = await Assert.ThrowsAsync<FetchException>(() => FetchAsync(server));

        Assert.Contains(expected, fault.Message);
        Assert.DoesNotContain('\n', fault.Message);
        Assert.False(File.Exists(Target));
    }

    private static byte[][] Pages(int total) => [.. Enumerable.Range(0, total).Chunk(RowsPage.Size).Select(page => JsonSerializer.SerializeToUtf8Bytes(new
    {
        features = new[] { new { feature_idx = 0, name = "id" } },
        rows = page.Select(i => new
        {
            row_idx = i,
            row = new { id = $"p{i}", persona = $"A baker, number {i} – “the best”", embedding = new[] { 0.1, 0.2 }, cluster_label = i, summary_label = "['Education', 'History']" },
            truncated_cells = new[] { "embedding" },
        }),
        num_rows_total = total,
        num_rows_per_page = 100,
        partial = false,
    }))];

    private static async Task<FileServer> ServerAsync(byte[][] pages, params Manner[] manners)
    {
        var server = await FileServer.StartAsync(manners);
        for (var page = 0; page < pages.Length; page++)
        {
            server.Files[$"rows?dataset=owner%2Fpersonas%20of%20mine&config=default&split=train&offset={100 * page}&length=100"] = pages[page];
        }

        return server;
    }

    private async Task FetchAsync(FileServer server, int? most = null)
    {
        using var client = new SourceClient(Short, TimeProvider.System, compressed: true);
        await new PersonaFetch(client, Short, new FetchDisplay(TextWriter.Null, false, TimeProvider.System), TimeProvider.System)
            .FetchAsync(server.Address, Rows, most, Target, TestContext.Current.CancellationToken);
    }
}
