using DialogueMesh.Contracts.Messages;
using DialogueMesh.Dedup.Fingerprints;
using DialogueMesh.Embedding;
using MassTransit;

namespace DialogueMesh.Dedup.Consumers;

/// <summary>Gives a cleared dialogue its fingerprint and its vector.</summary>
internal sealed class ScreenDialogue(ITextEncoder encoder) : IConsumer<DialogueCleared>
{
    public async Task Consume(ConsumeContext<DialogueCleared> context)
    {
        var cleared = context.Message;
        var canonical = CanonicalText.Of(cleared.Utterances);
        var vectors = await encoder.EncodeAsync([canonical], context.CancellationToken);
        await context.Publish(Screened(cleared, canonical, vectors[0]), context.CancellationToken);
    }

    internal static DialogueScreened Screened(DialogueCleared cleared, string canonical, ReadOnlySpan<float> vector) => new()
    {
        RunId = cleared.RunId,
        Ordinal = cleared.Ordinal,
        Attempt = cleared.Attempt,
        Hash = Fingerprint.Of(canonical),
        Vector = VectorBytes.Of(vector),
    };
}
