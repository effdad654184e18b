using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DialogueMesh.AppHost.Infrastructure;

internal static class Ports
{
    /// <summary>One of this machine that nobody listens on now.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Healthy once somebody listens.</summary>
    public static async Task<HealthCheckResult> CheckAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (SocketException fault)
        {
            return HealthCheckResult.Unhealthy(fault.Message);
        }
    }
}
