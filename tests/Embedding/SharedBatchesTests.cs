using DialogueMesh.Contracts.Runs;
using DialogueMesh.Embedding;
using DialogueMesh.Embedding.Remote;
using Xunit;

namespace DialogueMesh.Tests.Embedding;

public sealed class SharedBatchesTests
{
    [Fact]
    public async Task Encode_ManyCallersAtOnce_EachGetsItsOwnAndFewBatchesAreMade()
    {
        var encoder = new Lengths();
        await using var batches = new SharedBatches(encoder);
        var first = batches.EncodeAsync(["x"], TestContext.Current.CancellationToken);
        await encoder.Asked.Task;

        var calls = Enumerable.Range(1, 50)
            .Select(n => batches.EncodeAsync([new string('a', n), new string('b', n + 1)], TestContext.Current.CancellationToken)).ToList();
        encoder.Answer.SetResult();

        Assert.Equal(1f, (await first)[0][0]);
        for (var n = 1; n <= calls.Count; n++)
        {
            Assert.Equal([n, n + 1f], (await calls[n - 1]).Select(vector => vector[0]));
        }

        Assert.Equal(2, encoder.Batches);
    }

    [Fact]
    public async Task Encode_EncoderFails_ItsCallersAreToldAndTheNextAreServed()
    {
        await using var batches = new SharedBatches(new Lengths { FailsOn = "bad" }.Open());
        await Assert.ThrowsAsync<InvalidOperationException>(() => batches.EncodeAsync(["bad"], TestContext.Current.CancellationToken));
        Assert.Equal(4f, (await batches.EncodeAsync(["good"], TestContext.Current.CancellationToken))[0][0]);
    }

    /// <summary>Gives the lengths of the texts, once it may.</summary>
    private sealed class Lengths : ITextEncoder
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string? FailsOn { get; init; }

        public int Batches { get; private set; }

        public EncoderId Id => new("lengths", 1, "");

        public double DefaultThreshold => 1;

        public Lengths Open()
        {
            Answer.SetResult();
            return this;
        }

        public async ValueTask<float[][]> EncodeAsync(IReadOnlyList<string> texts, CancellationToken ct)
        {
            Batches++;
            Asked.TrySetResult();
            await Answer.Task;
            return texts.Contains(FailsOn) ? throw new InvalidOperationException("bad text") : [.. texts.Select(text => new float[] { text.Length })];
        }
    }
}
