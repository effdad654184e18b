using System.IO.MemoryMappedFiles;

namespace DialogueMesh.Vectors.Storage;

/// <summary>Float32 rows side by side, in memory or in a mapped file that the system may write out and drop.</summary>
internal abstract class RowChunk : IDisposable
{
    /// <summary>Row-major, rows × dimension numbers.</summary>
    public abstract Span<float> Numbers { get; }

    public static RowChunk InMemory(int length) => new Managed(length);

    /// <summary>A mapped file without a name, gone with the process; memory, where there is no room for one.</summary>
    public static RowChunk InFile(int length)
    {
        var path = Path.Combine(Path.GetTempPath(), $"dialoguemesh-{Path.GetRandomFileName()}");
        try
        {
            return new Mapped(path, length);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new Managed(length);
        }
    }

    public abstract void Dispose();

    private sealed class Managed(int length) : RowChunk
    {
        private readonly float[] numbers = GC.AllocateUninitializedArray<float>(length);

        public override Span<float> Numbers => numbers;

        public override void Dispose()
        {
        }
    }

    private sealed unsafe class Mapped : RowChunk
    {
        private readonly int length;
        private readonly MemoryMappedFile file;
        private readonly MemoryMappedViewAccessor view;
        private readonly float* numbers;

        public Mapped(string path, int length)
        {
            this.length = length;
            var bytes = (long)length * sizeof(float);

            // Reserved whole: a page that the disk has no room for would otherwise end the process when it is written.
            var stream = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                PreallocationSize = bytes,
                Options = OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None,
            });
            try
            {
                file = MemoryMappedFile.CreateFromFile(stream, null, bytes, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false);
            }
            catch
            {
                stream.Dispose();
                throw;
            }
            finally
            {
                if (!OperatingSystem.IsWindows())
                {
                    File.Delete(path);
                }
            }

            view = file.CreateViewAccessor(0, bytes);
            byte* start = null;
            view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
            numbers = (float*)(start + view.PointerOffset);
        }

        public override Span<float> Numbers => new(numbers, length);

        public override void Dispose()
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
            view.Dispose();
            file.Dispose();
        }
    }
}
