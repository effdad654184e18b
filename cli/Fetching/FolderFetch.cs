using System.Globalization;
using DialogueMesh.Cli.Display;
using DialogueMesh.Contracts;
using DialogueMesh.Scenario.Corpora;
using DialogueMesh.Scenario.Personas;

namespace DialogueMesh.Cli.Fetching;

/// <summary>
/// Fetches a download into FOLDER.part, which becomes FOLDER when all of it is there and sound: what generate finds is never
/// half a data set.
/// </summary>
internal sealed class FolderFetch(Patience patience, FetchDisplay display, TimeProvider time)
{
    /// <param name="download">Its address may be another one's than the table's.</param>
    /// <param name="sha256">What the list of its files must hash to; null for whatever comes.</param>
    /// <param name="rows">The most rows, where it is made of rows.</param>
    /// <param name="workingDirectory">Where its folder goes.</param>
    /// <exception cref="InputException">Something else lies there, or the address is none.</exception>
    /// <exception cref="FetchException">It did not come through, or is not what it should be.</exception>
    public async Task FetchAsync(string name, Download download, string? sha256, int? rows, string workingDirectory, CancellationToken ct)
    {
        var folder = Path.Combine(workingDirectory, download.Folder);
        if (Directory.Exists(folder) || File.Exists(folder))
        {
            SayWhatIsThere(name, download, folder, sha256);
            return;
        }

        display.Say($"{name}: from {download.Address} to {download.Folder}; licence: {download.Licence}");
        var staging = folder + ".part";
        Directory.CreateDirectory(staging);
        var fetched = FetchedFiles.Of(staging);
        await FetchFilesAsync(download, staging, fetched, rows, ct);
        CheckDigest(download.Folder, fetched, sha256);
        var content = Content(download, staging, ct);
        Directory.Move(staging, folder);
        display.Say(string.Create(
            CultureInfo.InvariantCulture, $"{name}: {fetched.Count} files, {Figures.Bytes(FetchedFiles.Of(folder).Bytes)}{content}; {download.Use}"));
        display.Say($"SHA-256 of the list {download.Folder}/fetched.sha256: {fetched.Digest}");
    }

    private void SayWhatIsThere(string name, Download download, string folder, string? sha256)
    {
        var there = FetchedFiles.Of(folder);
        if (there.Count == 0)
        {
            throw new InputException($"{download.Folder} is there, but was not fetched by this command: move it away to fetch {name}");
        }

        there.CheckUnchanged();
        CheckDigest(download.Folder, there, sha256);
        display.Say($"{name}: {download.Folder} is there already, as it was fetched (SHA-256 of its list {there.Digest})");
    }

    private async Task FetchFilesAsync(Download download, string staging, FetchedFiles fetched, int? rows, CancellationToken ct)
    {
        using var client = new SourceClient(patience, time, compressed: download.Rows is not null);
        var (files, pages) = (new FileFetch(client, patience, display, time), new PersonaFetch(client, patience, display, time));
        for (var i = 0; i < download.Files.Count; i++)
        {
            var file = download.Files[i];
            if (fetched.Has(file))
            {
                continue;
            }

            display.Begin(file.Path);
            var target = Path.Combine(staging, file.Path);
            var digest = download.Rows is { } set
                ? await pages.FetchAsync(download.Address, set, rows, target, ct)
                : await files.FetchAsync(new Uri(download.Address, file.Path), file, target, ct);
            fetched.Add(file.Path, digest);
            display.Say($"  {i + 1}/{download.Files.Count} {file.Path}, {Figures.Bytes(new FileInfo(target).Length)}");
        }
    }

    private static void CheckDigest(string folder, FetchedFiles fetched, string? sha256)
    {
        if (sha256 is not null && fetched.Digest != sha256)
        {
            throw new FetchException(
                $"{folder}: the list of its files has the SHA-256 {fetched.Digest}, not the one given with --sha256: it is another version; move it (or {folder}.part) away");
        }
    }

    /// <summary>What generate will find in it.</summary>
    private static string Content(Download download, string staging, CancellationToken ct)
    {
        try
        {
            return download switch
            {
                { Rows: not null } => string.Create(
                    CultureInfo.InvariantCulture, $", {PersonaFile.Load(Path.Combine(staging, download.Files[0].Path)).Personas.Count:N0} personas"),
                { Kind: "data" } => string.Create(CultureInfo.InvariantCulture, $", {SeedCorpora.Load(staging, ct).Dialogues.Count:N0} dialogues"),
                _ => "",
            };
        }
        catch (InputException fault)
        {
            throw new FetchException($"what came is none of the data set: {fault.Message} Move {staging} away and try another address with --from", fault);
        }
    }
}
