using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace DialogueMesh.ServiceDefaults.Mesh;

/// <summary>
/// Who may call a service over HTTP: whoever carries the token of "Mesh:Token" as a bearer. Where none is set, only the machine
/// itself. Health is open to all: probes carry nothing, and it tells nothing.
/// </summary>
public static class MeshToken
{
    public const string Scheme = "Bearer";

    private const string Setting = "Mesh:Token";

    public static string? Of(IConfiguration configuration) => configuration[Setting] is { Length: > 0 } token ? token : null;

    internal static void UseMeshToken(this WebApplication app)
    {
        var token = Of(app.Configuration);
        app.Use(async (context, next) =>
        {
            if (context.Request.Path.StartsWithSegments("/health") || Admits(token, context.Connection.RemoteIpAddress, context.Request.Headers.Authorization.ToString()))
            {
                await next(context);
                return;
            }

            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate = Scheme;
            await context.Response.WriteAsync(token is null
                ? $"{Setting} is not set, so only this machine may call\n"
                : "send the mesh's token: Authorization: Bearer TOKEN\n");
        });
    }

    internal static bool Admits(string? token, IPAddress? caller, string authorization) => token is null
        ? caller is not null && IPAddress.IsLoopback(caller)
        : CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes($"{Scheme} {token}"), Encoding.UTF8.GetBytes(authorization));
}
