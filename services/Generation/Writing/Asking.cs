using DialogueMesh.Contracts.Messages;
using DialogueMesh.Llm;

namespace DialogueMesh.Generation.Writing;

/// <summary>What came of a request.</summary>
/// <param name="Read">What was read from an answer; null where none came.</param>
/// <param name="Wasted">What an earlier answer of no use cost.</param>
internal readonly record struct Asked<T>(ChatOutcome Outcome, T? Read, Usage Wasted)
    where T : class;

/// <summary>
/// Asks the model, and puts the very same request to it once more where it refuses or its answer is of no use at all.
/// Often that is the delivery's fault, and then the dialogue becomes what it would have been.
/// </summary>
internal static class Asking
{
    public static async Task<Asked<T>> AskAsync<T>(
        this ILanguageModel model, ChatRequest request, Func<string, T> read, Func<T, bool> useless, CancellationToken cancellation)
        where T : class
    {
        var first = Read(await model.CompleteAsync(request, cancellation), read);
        Usage? wasted = first switch
        {
            { Outcome: ChatOutcome.Declined { Reason: RejectionReason.Refused, Usage: var usage } } => usage,
            { Outcome: ChatOutcome.Answered { Usage: var usage }, Read: { } answer } when useless(answer) => usage,
            _ => null,
        };
        return wasted is null
            ? first
            : Read(await model.CompleteAsync(request with { Again = true }, cancellation), read) with { Wasted = wasted.Value };
    }

    private static Asked<T> Read<T>(ChatOutcome outcome, Func<string, T> read)
        where T : class => new(outcome, outcome is ChatOutcome.Answered answered ? read(answered.Text) : null, default);
}
