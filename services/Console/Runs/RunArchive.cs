using System.Net;
using System.Net.Http.Json;
using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Contracts.Runs;

namespace DialogueMesh.Console.Runs;

/// <summary>The dataset service's run folders.</summary>
internal sealed class RunArchive(HttpClient dataset)
{
    /// <returns>All runs, and how each ended; null for those that go on.</returns>
    public async Task<IReadOnlyDictionary<string, DatasetWritten?>> AllAsync(CancellationToken cancellationToken) =>
        (await dataset.GetFromJsonAsync<Dictionary<string, DatasetWritten?>>("runs", DialogueJson.Compact, cancellationToken))!;

    /// <returns>Null for a run that is not there.</returns>
    public async Task<RunReport?> FindAsync(string runId, CancellationToken cancellationToken)
    {
        using var answer = await dataset.GetAsync($"runs/{Uri.EscapeDataString(runId)}", cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<RunReport>(DialogueJson.Compact, cancellationToken);
    }

    /// <returns>Null for a file that is not there; the caller disposes it.</returns>
    public async Task<HttpResponseMessage?> FileAsync(string runId, string name, CancellationToken cancellationToken)
    {
        var answer = await dataset.GetAsync(
            $"runs/{Uri.EscapeDataString(runId)}/files/{Uri.EscapeDataString(name)}", HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            answer.Dispose();
            return null;
        }

        return answer.EnsureSuccessStatusCode();
    }
}
