namespace DialogueMesh.Embedding.Batching;

/// <summary>Which of a model's vectors, one a token, make the text's.</summary>
internal enum Pooling
{
    /// <summary>The mean of all.</summary>
    Mean,

    /// <summary>The first one, of [CLS].</summary>
    Cls,
}
