using System.Security.Cryptography;
using System.Text;
using DialogueMesh.Contracts;

namespace DialogueMesh.Cli.Fetching;

/// <summary>What was fetched into a folder: its fetched.sha256, which sha256sum --check reads.</summary>
internal sealed class FetchedFiles
{
    private const string Name = "fetched.sha256";

    private readonly string folder;
    private readonly SortedDictionary<string, string> digests = new(StringComparer.Ordinal);

    private FetchedFiles(string folder) => this.folder = folder;

    /// <summary>SHA-256 of the list: names every byte of every file.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    public int Count => digests.Count;

    public long Bytes => digests.Keys.Sum(path => new FileInfo(PathOf(path)).Length);

    private string Text => string.Concat(digests.Select(pair => $"{pair.Value}  {pair.Key}\n"));

    /// <summary>The list that lies in <paramref name="folder"/>; empty where none does.</summary>
    public static FetchedFiles Of(string folder)
    {
        var files = new FetchedFiles(folder);
        var list = Path.Combine(folder, Name);
        if (File.Exists(list))
        {
            foreach (var line in File.ReadLines(list).Select(line => line.Split("  ", 2)).Where(parts => parts.Length == 2))
            {
                files.digests[line[1]] = line[0];
            }
        }

        return files;
    }

    /// <summary>Whether the file lies there whole, as it was fetched, or as it is known to be.</summary>
    public bool Has(DownloadFile file)
    {
        var path = PathOf(file.Path);
        if (!File.Exists(path))
        {
            return false;
        }

        var known = file.Sha256 ?? digests.GetValueOrDefault(file.Path);
        if (known is null || DigestOf(path) != known)
        {
            return false;
        }

        digests[file.Path] = known;
        return true;
    }

    public void Add(string path, string sha256)
    {
        digests[path] = sha256;
        File.WriteAllText(Path.Combine(folder, Name), Text);
    }

    /// <exception cref="InputException">A file is missing or is another one by now.</exception>
    public void CheckUnchanged()
    {
        foreach (var (path, sha256) in digests)
        {
            if (!File.Exists(PathOf(path)) || DigestOf(PathOf(path)) != sha256)
            {
                throw new InputException($"{PathOf(path)} is not as it was fetched any more: move {folder} away to fetch it anew");
            }
        }
    }

    private string PathOf(string path) => Path.Combine(folder, path);

    private static string DigestOf(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
