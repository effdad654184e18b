using DialogueMesh.Contracts.Randomness;
using DialogueMesh.Llm.Counting;
using DialogueMesh.Llm.Throttling;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace DialogueMesh.Llm.Retrying;

/// <summary>A call that may be tried several times.</summary>
/// <param name="Key">What the jitter is drawn from, so that different calls spread.</param>
/// <param name="Characters">Of the prompt.</param>
/// <param name="Send">One try; its token ends at the call timeout.</param>
internal sealed record RetriedCall<T>(object Key, int Characters, ModelThrottle Throttle, Func<CancellationToken, Task<Try<T>>> Send)
    where T : class;

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

    /// <param name="ct">Ends everything with <see cref="OperationCanceledException"/>.</param>
    public async Task<Try<T>> RunAsync(RetriedCall<T> call, CancellationToken ct)
    {
        var context = ResilienceContextPool.Shared.Get(ct);
        context.Properties.Set(Key, call.Key);
        try
        {
            return await pipeline.ExecuteAsync(
                static async (context, state) => await state.Retrier.UntilTakenAsync(state.Call, context.CancellationToken),
                context,
                (Retrier: this, Call: call));
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
            args.Outcome.Result.Fault is { Transient: true, Cause: not FaultCause.RateLimited } fault
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

    /// <summary>Sends the call anew, in its turn, as long as the server turns it away.</summary>
    private async Task<Try<T>> UntilTakenAsync(RetriedCall<T> call, CancellationToken ct)
    {
        while (true)
        {
            var pass = await call.Throttle.EnterAsync(call.Characters, ct);
            var result = await SendAsync(call, ct);
            if (result.Fault is not { Cause: FaultCause.RateLimited } fault)
            {
                await JudgeAsync(call.Throttle, pass, result);
                return result;
            }

            var (begins, lasting) = await call.Throttle.TurnedAwayAsync(pass, fault.RetryAfter, result.Limits, ct);
            LogRateLimited(begins ? LogLevel.Warning : LogLevel.Debug, options.Endpoint.Authority, fault.Line);
            if (fault.RetryAfter > options.MaxRetryAfter || lasting > options.MaxRetryAfter)
            {
                return result;
            }

            counters.Retried();
        }
    }

    private static async ValueTask JudgeAsync(ModelThrottle throttle, Pass pass, Try<T> result)
    {
        if (result.Answer is null)
        {
            throttle.Lost();
        }
        else
        {
            // An answer that is paid for is not given up.
            await throttle.TakenAsync(pass, result.Used, result.Limits, CancellationToken.None);
        }
    }

    private async Task<Try<T>> SendAsync(RetriedCall<T> call, CancellationToken ct)
    {
        using var deadline = new CancellationTokenSource(options.CallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        counters.Sent();
        Try<T> result;
        try
        {
            result = await call.Send(either.Token);
            if (result.Fault is not null)
            {
                ct.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            result = Try<T>.Of(new Fault(FaultCause.TimedOut, FormattableString.Invariant(
                $"no answer within {options.CallTimeout.TotalSeconds:0.###} s")));
        }
        catch
        {
            call.Throttle.Lost();
            throw;
        }
        finally
        {
            counters.Returned();
        }

        if (result.Fault is { } fault)
        {
            counters.Failed(fault.Cause);
            if (fault.Cause != FaultCause.RateLimited)
            {
                LogFailed(options.Endpoint.Authority, fault.Line);
            }
        }

        return result;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Host}: {Fault}")]
    private partial void LogFailed(string host, string fault);

    [LoggerMessage(Message = "{Host}: {Fault}")]
    private partial void LogRateLimited(LogLevel level, string host, string fault);
}
