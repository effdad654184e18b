using Xunit;

namespace DialogueMesh.Tests.Scenario.Corpora;

/// <summary>The real data beside the repository, which not every machine has.</summary>
internal static class SharedData
{
    public static string Folder(string name)
    {
        var shared = Environment.GetEnvironmentVariable("DIALOGUEMESH_SHARED") ?? Path.Combine(RepositoryRoot(), "..", "shared");
        var folder = Path.Combine(shared, "data", name);
        if (!Directory.Exists(folder))
        {
            Assert.Skip($"{folder} is not there: set DIALOGUEMESH_SHARED to the folder that has data/{name}");
        }

        return folder;
    }

    public static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder.Parent is { } parent && !File.Exists(Path.Combine(folder.FullName, "global.json")))
        {
            folder = parent;
        }

        return folder.FullName;
    }
}
