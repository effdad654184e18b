namespace DialogueMesh.Dataset.Files;

/// <summary>A file under a temporary name beside its own, which it gets whole or not at all.</summary>
internal sealed class TemporaryFile(string path) : IDisposable
{
    private readonly string temporary = path + ".tmp";
    private FileStream? stream;

    public string FilePath => path;

    /// <summary>To write to, from the beginning.</summary>
    public Stream Stream => stream ??= new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);

    /// <summary>Puts the content on the disk, still under the temporary name.</summary>
    public void Complete()
    {
        stream!.Flush(flushToDisk: true);
        stream.Dispose();
    }

    public void Rename() => File.Move(temporary, path, overwrite: true);

    /// <summary>Removes what was not renamed.</summary>
    public void Dispose()
    {
        try
        {
            stream?.Dispose();
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
