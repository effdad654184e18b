namespace DialogueMesh.Embedding.WordPieces;

/// <summary>What a tokenizer needs beside its vocabulary.</summary>
internal sealed record TokenizerSettings
{
    public required WordRules Rules { get; init; }

    /// <summary>The id of a word that cannot be made of pieces.</summary>
    public required int Unknown { get; init; }

    public required int Padding { get; init; }

    /// <summary>As [CLS] before and [SEP] after BERT's inputs.</summary>
    public required IReadOnlyList<int> Prefix { get; init; }

    public required IReadOnlyList<int> Suffix { get; init; }

    /// <summary>Texts that are one id wherever they stand, as [SEP].</summary>
    public required IReadOnlyDictionary<string, int> Markers { get; init; }

    /// <summary>A word of more code points is unknown.</summary>
    public int LongestWord { get; init; } = 100;
}
