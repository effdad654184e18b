namespace DialogueMesh.Embedding.Static;

/// <summary>A set of 32-bit hashes, by open addressing; zero is never in it.</summary>
internal sealed class WordHashes
{
    private readonly uint[] slots;

    public WordHashes(IReadOnlyCollection<uint> hashes)
    {
        slots = new uint[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(hashes.Count * 4) + 1)];
        foreach (var hash in hashes.Where(hash => hash != 0))
        {
            slots[Slot(hash)] = hash;
        }
    }

    public bool Contains(uint hash) => hash != 0 && slots[Slot(hash)] == hash;

    // Where it is, or the first free place.
    private int Slot(uint hash)
    {
        var mask = slots.Length - 1;
        var slot = (int)hash & mask;
        while (slots[slot] != 0 && slots[slot] != hash)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }
}
