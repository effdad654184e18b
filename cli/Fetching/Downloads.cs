using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using DialogueMesh.Contracts;

namespace DialogueMesh.Cli.Fetching;

/// <summary>One file of a download.</summary>
/// <param name="Path">Below the address and below the folder.</param>
/// <param name="Bytes">Its size, where it is known.</param>
/// <param name="Sha256">Lower-case hexadecimal, where it is known.</param>
internal sealed record DownloadFile(string Path, long? Bytes = null, string? Sha256 = null);

/// <summary>A data set as the hub's rows API names it.</summary>
internal sealed record RowSet(string Dataset, string Config, string Split);

/// <summary>What can be fetched under a name.</summary>
internal sealed record Download
{
    /// <summary>The verb that fetches it: models or data.</summary>
    public required string Kind { get; init; }

    /// <summary>Where generate looks for it, below the working directory.</summary>
    public required string Folder { get; init; }

    /// <summary>What the paths of the files are appended to.</summary>
    public required Uri Address { get; init; }

    public required string Licence { get; init; }

    /// <summary>What makes use of it.</summary>
    public required string Use { get; init; }

    /// <summary>Where set, the one file is made of the pages of this.</summary>
    public RowSet? Rows { get; init; }

    public required IReadOnlyList<DownloadFile> Files { get; init; }
}

/// <summary>The table of downloads.</summary>
internal static partial class Downloads
{
    /// <summary>By name; "{001..017}" in a path stands for each of these numbers.</summary>
    public static IReadOnlyDictionary<string, Download> Read(string file)
    {
        using var stream = File.OpenRead(file);
        return JsonSerializer.Deserialize<Dictionary<string, Download>>(stream, DialogueJson.Compact)!
            .ToDictionary(pair => pair.Key, pair => pair.Value with { Files = [.. pair.Value.Files.SelectMany(Expand)] });
    }

    private static IEnumerable<DownloadFile> Expand(DownloadFile file)
    {
        if (Numbers().Match(file.Path) is not { Success: true } range)
        {
            return [file];
        }

        var (first, last) = (range.Groups["first"].Value, range.Groups["last"].Value);
        var start = int.Parse(first, CultureInfo.InvariantCulture);
        return Enumerable.Range(start, int.Parse(last, CultureInfo.InvariantCulture) - start + 1)
            .Select(number => file with
            {
                Path = file.Path.Replace(range.Value, number.ToString($"D{first.Length}", CultureInfo.InvariantCulture), StringComparison.Ordinal),
            });
    }

    [GeneratedRegex(@"\{(?<first>\d+)\.\.(?<last>\d+)\}")]
    private static partial Regex Numbers();
}
