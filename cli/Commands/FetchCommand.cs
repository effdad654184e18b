using DialogueMesh.Cli.Fetching;
using DialogueMesh.Contracts;
using DialogueMesh.Scenario.Inputs;

namespace DialogueMesh.Cli.Commands;

/// <summary>The verbs models and data: fetch what generate looks for in the working directory.</summary>
internal static class FetchCommand
{
    /// <exception cref="InputException">A name is unknown, or something else lies where it goes.</exception>
    public static async Task<int> RunAsync(
        FetchSettings settings, string workingDirectory, TextWriter output, TextWriter error, Patience patience, CancellationToken ct)
    {
        var chosen = Choose(settings, Downloads.Read(Path.Combine(ShippedData.Folder, "downloads.json")));
        var isLive = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;
        var fetch = new FolderFetch(patience, new FetchDisplay(output, isLive, TimeProvider.System), TimeProvider.System);
        try
        {
            foreach (var (name, download) in chosen)
            {
                await fetch.FetchAsync(name, download, settings.Sha256, settings.Rows, workingDirectory, ct);
            }

            return ExitCode.Complete;
        }
        catch (FetchException fault)
        {
            await error.WriteLineAsync($"error: {fault.Message}");
            return ExitCode.Unfinished;
        }
    }

    private static List<KeyValuePair<string, Download>> Choose(FetchSettings settings, IReadOnlyDictionary<string, Download> all)
    {
        var known = all.Where(pair => pair.Value.Kind == settings.Kind).ToDictionary();
        if (settings.Names.FirstOrDefault(name => !known.ContainsKey(name)) is { } unknown)
        {
            throw new InputException($"{settings.Kind} fetch knows no '{unknown}': give {string.Join(" or ", known.Keys)}");
        }

        var chosen = settings.Names.Distinct().Select(name => KeyValuePair.Create(name, known[name])).ToList();
        if (settings.Rows is not null && chosen.Exists(pair => pair.Value.Rows is null))
        {
            throw new InputException("--rows is for personas alone: leave it out");
        }

        return settings.From is { } from
            ? [.. chosen.Select(pair => KeyValuePair.Create(pair.Key, pair.Value with { Address = from }))]
            : chosen;
    }
}
