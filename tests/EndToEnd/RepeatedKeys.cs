using System.Text;
using System.Text.Json;
using DialogueMesh.Llm.Sqlite;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;

namespace DialogueMesh.Tests.EndToEnd;

/// <summary>All ways in which a server may fail to answer while it says the key aloud, and what a cache holds of it.</summary>
internal static class RepeatedKeys
{
    public static IReadOnlyList<Func<HttpContext, string, Task>> Faults { get; } =
    [
        (context, key) => ErrorAsync(context, 500, key),
        (context, key) => ErrorAsync(context, 503, key),
        (context, key) => ErrorAsync(context, 408, key),
        (context, key) => ErrorAsync(context, 409, key),
        (context, key) => ErrorAsync(context, 429, key, ("Retry-After", "0")),
        (context, key) => ErrorAsync(context, 429, key, ("retry-after-ms", "20")),
        (context, key) => WriteAsync(context, 200, "text/html", $"<p>{key}</p>"),
        (context, key) => WriteAsync(context, 200, "application/json", $$"""{"id":"{{key}}","choices":[{"message":"""),
        (context, key) => WriteAsync(context, 200, "application/json", $$"""{"choices":"{{key}}","results":"{{key}}","usage":"{{key}}"}"""),
        (context, key) => WriteAsync(context, 200, "application/json", $$"""{"{{key}}":"{{new string('x', 2_000_000)}}"}"""),
        ResetAsync,
    ];

    /// <summary>What the cache keeps, unpacked.</summary>
    public static IReadOnlyList<string> Answers(string file)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT key, body FROM answers";
        using var reader = command.ExecuteReader();
        var answers = new List<string>();
        while (reader.Read())
        {
            answers.Add(JsonSerializer.Serialize(AnswerBytes.Unpack(reader.GetString(0), (byte[])reader.GetValue(1))));
        }

        return answers;
    }

    private static Task ErrorAsync(HttpContext context, int status, string key, params (string Name, string Value)[] headers)
    {
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[name] = value;
        }

        return WriteAsync(
            context, status, "application/json", $$$"""{"error":{"message":"not with key {{{key}}}","type":"{{{key}}}","param":"{{{key}}}","code":"{{{key}}}"}}""");
    }

    private static async Task ResetAsync(HttpContext context, string key)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = 1000;
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($"{{\"{key}\":"));
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    private static Task WriteAsync(HttpContext context, int status, string type, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return context.Response.WriteAsync(body);
    }
}
