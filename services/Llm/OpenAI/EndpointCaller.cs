using System.ClientModel.Primitives;
using DialogueMesh.Llm.Budgets;
using DialogueMesh.Llm.Counting;
using DialogueMesh.Llm.Retrying;
using DialogueMesh.Llm.Throttling;
using Microsoft.Extensions.Logging;

namespace DialogueMesh.Llm.OpenAI;

/// <summary>An answer as read, what it used, and as it came.</summary>
internal readonly record struct Reply<T>(T Answer, TokenCount? Used, PipelineResponse Raw);

/// <summary>Calls the endpoint and tells answers from faults.</summary>
/// <typeparam name="T">The answer.</typeparam>
internal sealed class EndpointCaller<T>(
    OpenAIEndpoint endpoint, Throttles throttles, LlmCounters counters, TimeProvider time, ILogger logger)
    where T : class
{
    private readonly FaultReader faults = new(endpoint, time);
    private readonly Retrier<T> retrier = new(endpoint.Options, counters, time, logger);

    /// <param name="key">What the waits between tries are drawn from.</param>
    /// <param name="characters">Of the prompt.</param>
    public Task<Try<T>> CallAsync(
        string model, object key, int characters, Func<CancellationToken, Task<Reply<T>>> call, CancellationToken ct) =>
        retrier.RunAsync(new RetriedCall<T>(key, characters, throttles.Of(model), token => TryAsync(call, token)), ct);

    /// <summary>One line for the user: where, what, what to do.</summary>
    public string Describe(Fault fault)
    {
        var advice = fault.Advice.Length > 0 ? fault.Advice : "Try again later; the run can be resumed.";
        return $"{endpoint.Options.Endpoint.Authority}: {Patience(fault)}{fault.Line.TrimEnd('.')}. {advice}";
    }

    private string Patience(Fault fault) => fault switch
    {
        { Transient: false } => "",
        { RetryAfter: { } wait } when wait > endpoint.Options.MaxRetryAfter =>
            FormattableString.Invariant($"asks to wait {wait.TotalMinutes:0} min: "),
        { Cause: FaultCause.RateLimited } =>
            FormattableString.Invariant($"turned every call away for {endpoint.Options.MaxRetryAfter.TotalMinutes:0.#} min, the last: "),
        _ => $"no answer in {endpoint.Options.MaxTries} tries, the last: ",
    };

    private async Task<Try<T>> TryAsync(Func<CancellationToken, Task<Reply<T>>> call, CancellationToken ct)
    {
        try
        {
            var reply = await call(ct);
            endpoint.Reached = true;
            return new Try<T>(reply.Answer, null) { Used = reply.Used, Limits = LimitHeaders.Read(reply.Raw.Headers) };
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            return Try<T>.Of(faults.Read(e)) with { Limits = FaultReader.Limits(e) };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // What breaks because the call was given up is no fault of its own.
            throw new OperationCanceledException("The call was given up.", e, ct);
        }
    }
}
