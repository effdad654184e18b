using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace DialogueMesh.Tests.Mesh;

/// <summary>A RabbitMQ of the tests' own: a node with its port mapper and its data in a folder that goes with it.</summary>
internal sealed class Broker : IAsyncDisposable
{
    private const string Bin = "/usr/lib/rabbitmq/bin";
    private const string Host = "127.0.0.1";

    private readonly string folder = Directory.CreateTempSubdirectory("dialoguemesh-rabbit-").FullName;
    private readonly Dictionary<string, string> environment;
    private readonly int port = FreePort();
    private readonly Process mapper;
    private readonly Process node;

    private Broker()
    {
        var mapping = FreePort();
        environment = new Dictionary<string, string>
        {
            ["HOME"] = folder,
            ["ERL_EPMD_PORT"] = Text(mapping),
            ["ERL_EPMD_ADDRESS"] = Host,
            ["RABBITMQ_NODENAME"] = "tests@localhost",
            ["RABBITMQ_NODE_IP_ADDRESS"] = Host,
            ["RABBITMQ_NODE_PORT"] = Text(port),
            ["RABBITMQ_DIST_PORT"] = Text(FreePort()),
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(folder, "data"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(folder, "log"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(folder, "plugins"),
            ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
        };
        mapper = Start("epmd", "-port", Text(mapping));
        node = Start(Path.Combine(Bin, "rabbitmq-server"));
    }

    public string Address => $"amqp://guest:guest@{Host}:{Text(port)}";

    /// <summary>Skips the test where there is no RabbitMQ; fails it where the servers are required.</summary>
    public static async Task<Broker> StartAsync()
    {
        var isThere = File.Exists(Path.Combine(Bin, "rabbitmq-server"));
        Assert.SkipUnless(
            isThere || Environment.GetEnvironmentVariable("DIALOGUEMESH_REQUIRE_SERVERS") == "1", "no rabbitmq-server: bash eng/install.sh as root installs it");
        Assert.True(isThere, "rabbitmq-server is missing");
        var broker = new Broker();
        await broker.ListensAsync();
        return broker;
    }

    /// <summary>Stops the broker within its node, as for maintenance, and starts it again.</summary>
    public async Task RestartAsync()
    {
        await ControlAsync("stop_app");
        await ControlAsync("start_app");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in new[] { node, mapper })
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }

        Directory.Delete(folder, recursive: true);
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task ListensAsync()
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
                return;
            }
            catch (SocketException) when (tries < 600 && !node.HasExited)
            {
                await Task.Delay(200, TestContext.Current.CancellationToken);
            }
        }
    }

    private async Task ControlAsync(string command)
    {
        using var control = Start(Path.Combine(Bin, "rabbitmqctl"), command);
        await control.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, control.ExitCode);
    }

    private Process Start(string file, params string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
