using System.Diagnostics;
using System.Text.Json;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Llm;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DialogueMesh.Benchmarks.Llm;

/// <summary>The server in a process of its own, and a client for it.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process process;

    private ServerProcess(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<ServerProcess> StartAsync(ServerLimits limits)
    {
        var start = new ProcessStartInfo(
            "dotnet", [typeof(ServerProcess).Assembly.Location, "serve", $"{limits.Requests}", $"{limits.Tokens}", $"{limits.MeanSeconds}", $"{limits.Tells}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        var url = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("the server did not start");
        return new ServerProcess(process, new Uri(url));
    }

    public ServiceProvider Client() => new ServiceCollection()
        .AddLogging(logging => logging.SetMinimumLevel(LogLevel.None))
        .AddLlm(new LlmOptions { Endpoint = new Uri(Address, "/v1"), ApiKey = "benchmark" })
        .BuildServiceProvider();

    public async Task<ServerCounts> CountsAsync()
    {
        using var http = new HttpClient();
        return JsonSerializer.Deserialize<ServerCounts>(await http.GetStringAsync(new Uri(Address, "/counts")))!;
    }

    /// <summary>A prompt of about 700 tokens.</summary>
    public static ChatRequest Request(long seed) => new()
    {
        Model = "gpt-4o-mini",
        System = System,
        User = User,
        SchemaName = "dialogue",
        Schema = """{"type":"object","properties":{"text":{"type":"string"}},"required":["text"],"additionalProperties":false}""",
        Sampling = new Sampling(0.7, 0.85, 0.2, 0.4),
        Seed = seed,
    };

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static string System { get; } = string.Join(' ', Enumerable.Repeat("You write dialogues.", 40));

    private static string User { get; } = string.Join(' ', Enumerable.Repeat("Say what the outline says.", 75));
}
