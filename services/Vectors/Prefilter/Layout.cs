namespace DialogueMesh.Vectors.Prefilter;

/// <summary>
/// How a row's codes are split: the head is looked at for every row, the tail only where the head leaves hope. Both are padded
/// to whole vectors of 32 bytes with codes of 0.
/// </summary>
internal readonly record struct Layout
{
    /// <summary>Rows whose heads lie interleaved, four codes of each in turn.</summary>
    public const int BlockRows = 16;

    /// <summary>Codes of a row that are multiplied together.</summary>
    public const int Group = 4;

    private const int VectorBytes = 32;

    public Layout(int dimension)
    {
        // A third is where the bound below prunes most for its cost, on unit vectors of dialogues.
        Head = Math.Min(dimension, RoundUp((dimension + 2) / 3));
        Tail = dimension - Head;
        HeadBytes = RoundUp(Head);
        TailBytes = RoundUp(Tail);
    }

    public int Head { get; }

    public int Tail { get; }

    public int HeadBytes { get; }

    public int TailBytes { get; }

    public int Groups => HeadBytes / Group;

    private static int RoundUp(int count) => (count + VectorBytes - 1) / VectorBytes * VectorBytes;
}
