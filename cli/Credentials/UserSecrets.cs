using System.Text.Json;
using DialogueMesh.Contracts;
using Microsoft.Extensions.Configuration.UserSecrets;

namespace DialogueMesh.Cli.Credentials;

/// <summary>What "dotnet user-secrets set NAME VALUE --project cli" keeps outside the repository.</summary>
internal static class UserSecrets
{
    /// <summary>The project's UserSecretsId.</summary>
    private const string Id = "dialoguemesh";

    public static string File => PathHelper.GetSecretsPathFromSecretsId(Id);

    /// <summary>The values of <paramref name="names"/> that <paramref name="file"/> has; none where there is no such file.</summary>
    /// <exception cref="InputException">It cannot be read; nothing of it is shown.</exception>
    public static IReadOnlyDictionary<string, string> Read(string file, IReadOnlyList<string> names)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!System.IO.File.Exists(file))
        {
            return values;
        }

        try
        {
            using var document = JsonDocument.Parse(
                System.IO.File.ReadAllText(file), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            foreach (var name in names)
            {
                if (document.RootElement.ValueKind == JsonValueKind.Object
                    && document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String)
                {
                    values[name] = value.GetString()!;
                }
            }

            return values;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            // The message of a broken JSON may quote it.
            throw new InputException($"{file} cannot be read as JSON: mend it with dotnet user-secrets, or take it away");
        }
    }
}
