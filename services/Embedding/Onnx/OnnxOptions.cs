namespace DialogueMesh.Embedding.Onnx;

public enum OnnxProvider
{
    Cpu,
    Cuda,
}

/// <summary>How a transformer is run; which one it is, its folder says.</summary>
public sealed record OnnxOptions
{
    public const string Section = "Onnx";

    /// <summary>Cuda is an error where it cannot be had, never a slower run.</summary>
    public OnnxProvider Provider { get; init; } = OnnxProvider.Cpu;

    /// <summary>The GPU's number.</summary>
    public int Device { get; init; }

    /// <summary>0 is one for each physical core.</summary>
    public int Threads { get; init; }

    /// <summary>Tokens that the model gets at once, padding included.</summary>
    public int BatchTokens { get; init; } = 4096;
}
