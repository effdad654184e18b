using DialogueMesh.Contracts.Randomness;
using DialogueMesh.Llm.Counting;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace DialogueMesh.Llm.Retrying;

/// <summary>Tries a call until it is answered, refused or out of tries; counts and logs every failed try.</summary>
/// <typeparam name="T">The answer.</typeparam>
internal sealed partial class Retrier<T>
    where T : class
{
    private static readonly ResiliencePropertyKey<object> Key = new("jitter");

    private readonly LlmOptions options;
    private readonly LlmCounters counters;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly ResiliencePipeline<Try<T>> pipeline;

    public Retrier(LlmOptions options, LlmCounters counters, TimeProvider time, ILogger logger)
    {
        (this.options, this.counters, this.time, this.logger) = (options, counters, time, logger);
        var builder = new ResiliencePipelineBuilder<Try<T>> { TimeProvider = time };
        if (options.MaxTries > 1)
        {
            builder.AddRetry(Strategy());
        }

        pipeline = builder.Build();
    }

    /// <param name="key">What the jitter is drawn from, so that different calls spread.</param>
    /// <param name="call">One try; its token ends at the call timeout.</param>
    /// <param name="ct">Ends everything with <see cref="OperationCanceledException"/>.</param>
    public async Task<Try<T>> RunAsync(object key, Func<CancellationToken, Task<Try<T>>> call, CancellationToken ct)
    {
        var context = ResilienceContextPool.Shared.Get(ct);
        context.Properties.Set(Key, key);
        try
        {
            return await pipeline.ExecuteAsync(
                static async (context, call) => await call(context.CancellationToken),
                context,
                (CancellationToken token) => TryAsync(call, token));
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private RetryStrategyOptions<Try<T>> Strategy() => new()
    {
        MaxRetryAttempts = options.MaxTries - 1,
        ShouldHandle = args => ValueTask.FromResult(
            args.Outcome.Result.Fault is { Transient: true } fault
            && !(fault.RetryAfter > options.MaxRetryAfter)),
        DelayGenerator = args =>
        {
            var draw = new SeededRandom(args.Context.Properties.GetValue(Key, ""), "jitter", args.AttemptNumber).NextDouble();
            var fault = args.Outcome.Result.Fault;
            return ValueTask.FromResult<TimeSpan?>(Backoff.Delay(args.AttemptNumber + 1, draw, fault?.RetryAfter, options));
        },
        OnRetry = _ =>
        {
            counters.Retried();
            return ValueTask.CompletedTask;
        },
    };

    private async Task<Try<T>> TryAsync(Func<CancellationToken, Task<Try<T>>> call, CancellationToken ct)
    {
        using var deadline = new CancellationTokenSource(options.CallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        counters.Sent();
        Try<T> result;
        try
        {
            result = await call(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            result = Try<T>.Of(new Fault(FaultCause.TimedOut, FormattableString.Invariant(
                $"no answer within {options.CallTimeout.TotalSeconds:0.###} s")));
        }
        finally
        {
            counters.Returned();
        }

        if (result.Fault is { } fault)
        {
            ct.ThrowIfCancellationRequested();
            counters.Failed(fault.Cause);
            TryFailed(options.Endpoint.Authority, fault.Line);
        }

        return result;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Host}: {Fault}")]
    private partial void TryFailed(string host, string fault);
}
