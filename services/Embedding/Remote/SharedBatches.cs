using System.Threading.Channels;

namespace DialogueMesh.Embedding.Remote;

/// <summary>
/// Encodes what several callers ask for at once together: while one batch is being encoded, what arrives makes up the next. A
/// caller alone waits for nobody.
/// </summary>
internal sealed class SharedBatches : IAsyncDisposable
{
    /// <summary>Texts in a batch; a single call's are never split.</summary>
    private const int MostTexts = 256;

    private readonly Channel<Call> calls = Channel.CreateUnbounded<Call>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ITextEncoder encoder;
    private readonly Task work;

    public SharedBatches(ITextEncoder encoder)
    {
        this.encoder = encoder;
        work = Task.Run(WorkAsync);
    }

    /// <returns>The vectors of the texts, in their order.</returns>
    public async Task<ArraySegment<float[]>> EncodeAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var call = new Call(texts, cancellationToken);
        await calls.Writer.WriteAsync(call, cancellationToken);
        return await call.Answer.Task.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        calls.Writer.TryComplete();
        await work;
    }

    private async Task WorkAsync()
    {
        while (await calls.Reader.WaitToReadAsync())
        {
            var batch = new List<Call>();
            for (var texts = 0; texts < MostTexts && calls.Reader.TryRead(out var call); texts += call.Texts.Count)
            {
                batch.Add(call);
            }

            batch.RemoveAll(call => call.CancellationToken.IsCancellationRequested);
            await AnswerAsync(batch);
        }
    }

    private async Task AnswerAsync(List<Call> batch)
    {
        try
        {
            // No caller's cancellation takes the others' answers away.
            var vectors = batch.Count == 0 ? [] : await encoder.EncodeAsync([.. batch.SelectMany(call => call.Texts)], CancellationToken.None);
            var start = 0;
            foreach (var call in batch)
            {
                call.Answer.TrySetResult(new ArraySegment<float[]>(vectors, start, call.Texts.Count));
                start += call.Texts.Count;
            }
        }
        catch (Exception fault)
        {
            // Each caller is told; the next batch may fare better.
            batch.ForEach(call => call.Answer.TrySetException(fault));
        }
    }

    private sealed record Call(IReadOnlyList<string> Texts, CancellationToken CancellationToken)
    {
        public TaskCompletionSource<ArraySegment<float[]>> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
