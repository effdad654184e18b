using System.Diagnostics;
using Xunit;

namespace DialogueMesh.Tests.Mesh;

/// <summary>One service of the mesh as built, in a process that can be killed and started again on the same ports.</summary>
internal sealed class ServiceProcess(string name, string folder, (string Name, string Value)[] settings)
{
    private readonly string service = char.ToUpperInvariant(name[0]) + name[1..].Split('-')[0];
    private Process? process;

    public Uri Address { get; } = new($"http://localhost:{Broker.FreePort()}/");

    /// <summary>Embedding's other port.</summary>
    public Uri Grpc { get; } = new($"http://localhost:{Broker.FreePort()}/");

    private string Log => Path.Combine(folder, name + ".log");

    public void Start()
    {
        var here = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        var program = Path.GetFullPath(Path.Combine(here, "..", "..", "DialogueMesh." + service, Path.GetFileName(here), $"DialogueMesh.{service}.dll"));
        var start = new ProcessStartInfo("bash", ["-c", "exec dotnet \"$0\" >> \"$1\" 2>&1", program, Log]) { WorkingDirectory = folder };
        start.Environment["ASPNETCORE_URLS"] = Address.AbsoluteUri;
        start.Environment["OPENAI_API_KEY"] = "";
        if (service == "Embedding")
        {
            start.Environment["Kestrel__Endpoints__grpc__Url"] = Grpc.AbsoluteUri;
            start.Environment["Kestrel__Endpoints__http__Url"] = Address.AbsoluteUri;
        }

        foreach (var (setting, value) in settings)
        {
            start.Environment[setting] = value;
        }

        process = Process.Start(start)!;
    }

    public async Task ReadyAsync()
    {
        using var client = new HttpClient();
        for (var tries = 0; tries < 600 && !process!.HasExited; tries++)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri(Address, "health/ready"), TestContext.Current.CancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }

            await Task.Delay(200, TestContext.Current.CancellationToken);
        }

        var log = await File.ReadAllTextAsync(Log, TestContext.Current.CancellationToken);
        Assert.Fail($"{name} is not ready:\n{log}");
    }

    /// <summary>As kill -9 does.</summary>
    public async Task KillAsync()
    {
        if (process is { } running)
        {
            running.Kill();
            await running.WaitForExitAsync(CancellationToken.None);
            running.Dispose();
            process = null;
        }
    }
}
