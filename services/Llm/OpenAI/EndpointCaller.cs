using DialogueMesh.Llm.Counting;
using DialogueMesh.Llm.Retrying;
using Microsoft.Extensions.Logging;

namespace DialogueMesh.Llm.OpenAI;

/// <summary>Calls the endpoint and tells answers from faults.</summary>
/// <typeparam name="T">The answer.</typeparam>
internal sealed class EndpointCaller<T>(OpenAIEndpoint endpoint, LlmCounters counters, TimeProvider time, ILogger logger)
    where T : class
{
    private readonly FaultReader faults = new(endpoint, time);
    private readonly Retrier<T> retrier = new(endpoint.Options, counters, time, logger);

    public Task<Try<T>> CallAsync(object key, Func<CancellationToken, Task<T>> call, CancellationToken ct) =>
        retrier.RunAsync(key, token => TryAsync(call, token), ct);

    /// <summary>One line for the user: where, what, what to do.</summary>
    public string Describe(Fault fault)
    {
        var spent = fault.Transient
            ? fault.RetryAfter > endpoint.Options.MaxRetryAfter
                ? FormattableString.Invariant($"asks to wait {fault.RetryAfter.Value.TotalMinutes:0} min: ")
                : $"no answer in {endpoint.Options.MaxTries} tries, the last: "
            : "";
        var advice = fault.Advice.Length > 0 ? fault.Advice : "Try again later; the run can be resumed.";
        return $"{endpoint.Options.Endpoint.Authority}: {spent}{fault.Line.TrimEnd('.')}. {advice}";
    }

    private async Task<Try<T>> TryAsync(Func<CancellationToken, Task<T>> call, CancellationToken ct)
    {
        try
        {
            var answer = await call(ct);
            endpoint.Reached = true;
            return Try<T>.Of(answer);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            return Try<T>.Of(faults.Read(e));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // What breaks because the call was given up is no fault of its own.
            throw new OperationCanceledException("The call was given up.", e, ct);
        }
    }
}
