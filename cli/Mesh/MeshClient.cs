using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Runs.Requests;

namespace DialogueMesh.Cli.Mesh;

/// <summary>A mesh's console over HTTP.</summary>
internal sealed class MeshClient : IDisposable
{
    /// <summary>The environment's name for the mesh's token.</summary>
    public const string TokenName = "DIALOGUEMESH_TOKEN";

    private static readonly Dictionary<string, Type> Messages = new[]
    {
        typeof(RunOpened), typeof(CandidateJournalled), typeof(DialogueAccepted), typeof(DialogueRejected), typeof(RunFaulted), typeof(DatasetWritten),
    }.ToDictionary(type => type.Name);

    private readonly HttpClient http;

    public MeshClient(Uri console, string? token)
    {
        // Events come as long as a run goes on.
        http = new HttpClient { BaseAddress = new Uri(console.AbsoluteUri.TrimEnd('/') + "/"), Timeout = Timeout.InfiniteTimeSpan };
        if (token is { Length: > 0 })
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    /// <exception cref="InputException">The mesh cannot be reached, or does not take the request.</exception>
    public async Task<StartRun> StartAsync(RunRequest request, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.PostAsync("runs", JsonContent.Create(request, options: DialogueJson.Compact), cancellationToken);
            return answer.StatusCode switch
            {
                HttpStatusCode.Accepted => await answer.Content.ReadFromJsonAsync<StartRun>(DialogueJson.Compact, cancellationToken) ?? throw new JsonException("null is no run"),
                HttpStatusCode.Unauthorized => throw new InputException($"the mesh at {http.BaseAddress} asks for its token: set {TokenName}"),
                HttpStatusCode.BadRequest or HttpStatusCode.ServiceUnavailable => throw new InputException(await ErrorAsync(answer, cancellationToken)),
                var status => throw new InputException($"{http.BaseAddress} answers {(int)status} to POST runs: is it a mesh's console?"),
            };
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException)
        {
            throw new InputException($"{http.BaseAddress} answers POST runs with what is no run: is it a mesh's console?", fault);
        }
        catch (HttpRequestException fault)
        {
            throw new InputException($"no mesh at {http.BaseAddress}: {fault.Message.ReplaceLineEndings(" ")} (dotnet run --project AppHost starts one)", fault);
        }
    }

    /// <summary>What is published about the run, from where it stands now; ends when the connection does.</summary>
    /// <exception cref="HttpRequestException">The console cannot be reached.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="JsonException">What comes is no message of a run.</exception>
    public async IAsyncEnumerable<object> WatchAsync(
        string runId, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = await http.GetStreamAsync($"runs/{runId}/events", cancellationToken);
        var events = SseParser.Create(stream, (type, data) =>
            Messages.TryGetValue(type, out var known) ? JsonSerializer.Deserialize(data, known, DialogueJson.Compact) : null);
        await foreach (var item in events.EnumerateAsync(cancellationToken))
        {
            if (item.Data is { } message)
            {
                yield return message;
            }
        }
    }

    /// <summary>Writes one of the run's files to <paramref name="target"/>, which appears whole or not at all.</summary>
    public async Task FetchAsync(string runId, string name, string target, CancellationToken cancellationToken)
    {
        var temporary = target + ".tmp";
        await using (var source = await http.GetStreamAsync($"runs/{runId}/files/{name}", cancellationToken))
        await using (var file = File.Create(temporary))
        {
            await source.CopyToAsync(file, cancellationToken);
        }

        File.Move(temporary, target, overwrite: true);
    }

    public void Dispose() => http.Dispose();

    private static async Task<string> ErrorAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            return (await answer.Content.ReadFromJsonAsync<Refusal>(DialogueJson.Compact, cancellationToken))?.Error ?? "the mesh does not take the request";
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException)
        {
            return "the mesh does not take the request";
        }
    }

    private sealed record Refusal(string? Error);
}
