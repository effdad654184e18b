using System.Security.Cryptography;
using System.Text.Json;
using DialogueMesh.Contracts;

namespace DialogueMesh.Cli.Fetching;

/// <summary>Which version of a file its beginning is of.</summary>
/// <param name="ETag">As the server gave it; null where it gave none, or a weak one.</param>
/// <param name="Total">The size of the whole, in bytes or rows; null where the server did not say.</param>
internal sealed record PartOrigin(string? ETag, long? Total);

/// <summary>What has arrived of a file: FILE.part, and what the rest is asked for by in FILE.part.json. One process at a time.</summary>
internal sealed class PartFile : IDisposable
{
    private readonly string target;
    private readonly string originFile;
    private readonly FileStream stream;

    private PartFile(string target, FileStream stream)
    {
        this.target = target;
        this.stream = stream;
        originFile = PathOf(target) + ".json";
        Origin = ReadOrigin(originFile);
        if (Origin is null)
        {
            stream.SetLength(0);
        }
    }

    public PartOrigin? Origin { get; private set; }

    public long Length => stream.Length;

    /// <exception cref="InputException">Another process is at it, or it cannot be written.</exception>
    public static PartFile Open(string target)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            return new PartFile(target, new FileStream(PathOf(target), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"cannot write {PathOf(target)}: {fault.Message.ReplaceLineEndings(" ")} Is another fetch at work there?", fault);
        }
    }

    /// <summary>Empty again, of a version that is known before its first byte is written.</summary>
    public void Begin(PartOrigin origin) => Guard(() =>
    {
        stream.SetLength(0);
        Origin = origin;
        File.WriteAllText(originFile, JsonSerializer.Serialize(origin, DialogueJson.Compact));
    });

    /// <summary>Empty, of no version.</summary>
    public void Discard() => Guard(() =>
    {
        stream.SetLength(0);
        Origin = null;
        File.Delete(originFile);
    });

    public void Append(ReadOnlySpan<byte> bytes)
    {
        try
        {
            stream.Position = stream.Length;
            stream.Write(bytes);
        }
        catch (IOException fault)
        {
            throw Unwritable(fault);
        }
    }

    /// <summary>Leaves the first bytes.</summary>
    public void Cut(long length) => Guard(() => stream.SetLength(length));

    /// <summary>What is there, from the beginning.</summary>
    public Stream Read()
    {
        stream.Position = 0;
        return stream;
    }

    public string Sha256() => Convert.ToHexStringLower(SHA256.HashData(Read()));

    /// <summary>Puts it on the disk and gives it its name.</summary>
    public void Complete() => Guard(() =>
    {
        stream.Flush(flushToDisk: true);
        stream.Dispose();
        File.Move(PathOf(target), target, overwrite: true);
        File.Delete(originFile);
    });

    public void Dispose() => stream.Dispose();

    private static string PathOf(string target) => target + ".part";

    private static PartOrigin? ReadOrigin(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<PartOrigin>(File.ReadAllBytes(file), DialogueJson.Compact);
        }
        catch (Exception fault) when (fault is IOException or JsonException)
        {
            return null;
        }
    }

    private void Guard(Action write)
    {
        try
        {
            write();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(fault);
        }
    }

    private FetchException Unwritable(Exception fault) =>
        new($"cannot write {target}: {fault.Message.ReplaceLineEndings(" ")} Make room, then run the same command again to go on", fault);
}
