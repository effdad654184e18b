using DialogueMesh.Contracts.Runs;

namespace DialogueMesh.Embedding;

/// <summary>Turns texts into vectors whose cosine says how much they mean the same: in process, or over gRPC.</summary>
public interface ITextEncoder
{
    /// <summary>Two encoders with equal ids give equal vectors.</summary>
    EncoderId Id { get; }

    /// <summary>
    /// The cosine from which two dialogues count as near-duplicates unless the user says otherwise: calibrated for this encoder,
    /// since equal cosines of two encoders mean different things.
    /// </summary>
    double DefaultThreshold { get; }

    /// <summary>One unit vector of <see cref="EncoderId.Dimension"/> numbers a text, in the order of the texts.</summary>
    ValueTask<float[][]> EncodeAsync(IReadOnlyList<string> texts, CancellationToken ct);
}
