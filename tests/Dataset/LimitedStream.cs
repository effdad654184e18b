namespace DialogueMesh.Tests.Dataset;

/// <summary>A disk with room for so many bytes: a write that does not fit leaves its beginning behind, as a real one does.</summary>
internal sealed class LimitedStream : MemoryStream
{
    public long Room { get; set; } = long.MaxValue;

    public override void Write(ReadOnlySpan<byte> buffer) => Write(buffer.ToArray(), 0, buffer.Length);

    public override void Write(byte[] buffer, int offset, int count)
    {
        var fits = (int)Math.Clamp(Room - Position, 0, count);
        base.Write(buffer, offset, fits);
        if (fits < count)
        {
            throw new IOException("No space left on device");
        }
    }
}
