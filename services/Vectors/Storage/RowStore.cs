namespace DialogueMesh.Vectors.Storage;

/// <summary>Float32 rows by number. One writer; readers see rows below the count they were told.</summary>
internal sealed class RowStore(int dimension) : IDisposable
{
    /// <summary>Six megabytes a chunk at 384 dimensions: no array near 2 GB, and growth never copies.</summary>
    public const int ChunkRows = 4096;

    /// <summary>Runs of up to 16,384 dialogues touch no file.</summary>
    private const int ChunksInMemory = 4;

    private volatile RowChunk[] chunks = [];

    public void Write(int row, ReadOnlySpan<float> numbers)
    {
        if (row / ChunkRows == chunks.Length)
        {
            var length = ChunkRows * dimension;
            chunks = [.. chunks, chunks.Length < ChunksInMemory ? RowChunk.InMemory(length) : RowChunk.InFile(length)];
        }

        numbers.CopyTo(Row(row));
    }

    public ReadOnlySpan<float> Read(int row) => Row(row);

    /// <summary>Several rows of one chunk.</summary>
    public ReadOnlySpan<float> Read(int first, int number) =>
        chunks[first / ChunkRows].Numbers.Slice(first % ChunkRows * dimension, number * dimension);

    public void Dispose()
    {
        foreach (var chunk in chunks)
        {
            chunk.Dispose();
        }

        chunks = [];
    }

    private Span<float> Row(int row) => chunks[row / ChunkRows].Numbers.Slice(row % ChunkRows * dimension, dimension);
}
