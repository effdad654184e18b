using DialogueMesh.Contracts;

namespace DialogueMesh.Cli.Credentials;

/// <summary>Finds the key: in the environment first, then in .env.local of the working directory, then in the user secrets.</summary>
internal static class KeySource
{
    public const string File = ".env.local";

    /// <summary>Looked for at Azure's hosts alone, so that it goes to no other.</summary>
    public const string AzureName = "AZURE_OPENAI_API_KEY";

    private static readonly string[] Names = ["OPENAI_API_KEY", "OPENAI_KEY"];

    /// <exception cref="InputException">What is there is no key, or cannot be read.</exception>
    public static ApiKey? Find(
        Func<string, string?> environment, string workingDirectory, string? secretsFile = null, bool forAzure = false)
    {
        string[] names = forAzure ? [AzureName, .. Names] : Names;
        foreach (var name in names)
        {
            if (ApiKey.Read(environment(name), name) is { } key)
            {
                return key;
            }
        }

        var path = Path.Combine(workingDirectory, File);
        if (Directory.Exists(path))
        {
            throw new InputException($"{path} is a folder: make it a file with a line {names[0]}=..., or take it away");
        }

        var local = System.IO.File.Exists(path) ? EnvFile.Read(Text(path), names, File) : new Dictionary<string, string>();
        return First(local, names, File)
            ?? (secretsFile is null ? null : First(UserSecrets.Read(secretsFile, names), names, "the user secrets"));
    }

    /// <summary>The key of this process, from its environment, working directory and user.</summary>
    /// <exception cref="InputException">What is there is no key, or cannot be read.</exception>
    public static ApiKey? Find(bool forAzure = false) =>
        Find(Environment.GetEnvironmentVariable, Environment.CurrentDirectory, UserSecrets.File, forAzure);

    private static ApiKey? First(IReadOnlyDictionary<string, string> values, string[] names, string source) => names
        .Select(name => ApiKey.Read(values.GetValueOrDefault(name), $"{name} in {source}"))
        .FirstOrDefault(key => key is not null);

    private static string Text(string path)
    {
        try
        {
            return System.IO.File.ReadAllText(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path} cannot be read: {fault.Message.ReplaceLineEndings(" ")} Make it readable, or take it away.", fault);
        }
    }
}
