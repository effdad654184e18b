namespace DialogueMesh.Embedding.Static;

/// <summary>FNV-1a, 32 bits (Fowler, Noll and Vo), of UTF-8 bytes.</summary>
internal static class Fnv
{
    private const uint Offset = 0x811C9DC5, Prime = 0x01000193;

    public static uint Start => Offset;

    public static uint Add(uint hash, byte value) => (hash ^ value) * Prime;

    public static uint Add(uint hash, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            hash = Add(hash, value);
        }

        return hash;
    }

    public static uint Of(ReadOnlySpan<char> text)
    {
        var hash = Offset;
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            hash = Add(hash, bytes[..rune.EncodeToUtf8(bytes)]);
        }

        return hash;
    }
}
