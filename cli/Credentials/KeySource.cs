using DialogueMesh.Contracts;

namespace DialogueMesh.Cli.Credentials;

/// <summary>Finds the key: in the environment first, then in .env.local of the working directory.</summary>
internal static class KeySource
{
    public const string File = ".env.local";

    private static readonly string[] Names = ["OPENAI_API_KEY", "OPENAI_KEY"];

    /// <exception cref="InputException">What is there is no key, or cannot be read.</exception>
    public static ApiKey? Find(Func<string, string?> environment, string workingDirectory)
    {
        foreach (var name in Names)
        {
            if (ApiKey.Read(environment(name), name) is { } key)
            {
                return key;
            }
        }

        var path = Path.Combine(workingDirectory, File);
        if (Directory.Exists(path))
        {
            throw new InputException($"{path} is a folder: make it a file with a line {Names[0]}=..., or take it away");
        }

        if (!System.IO.File.Exists(path))
        {
            return null;
        }

        var values = EnvFile.Read(Text(path), Names, File);
        return Names
            .Select(name => ApiKey.Read(values.GetValueOrDefault(name), $"{name} in {File}"))
            .FirstOrDefault(key => key is not null);
    }

    /// <summary>The key of this process, from its environment and working directory.</summary>
    /// <exception cref="InputException">What is there is no key, or cannot be read.</exception>
    public static ApiKey? Find() => Find(Environment.GetEnvironmentVariable, Environment.CurrentDirectory);

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
