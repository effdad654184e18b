using DialogueMesh.Contracts.Blueprints;
using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Generation.Alignment;
using DialogueMesh.Generation.Answers;
using DialogueMesh.Generation.Prompts;
using DialogueMesh.Llm;

namespace DialogueMesh.Generation.Writing;

/// <summary>What came of a blueprint.</summary>
internal abstract record WritingOutcome
{
    private WritingOutcome()
    {
    }

    public sealed record Written(Dialogue Dialogue, Usage Usage) : WritingOutcome;

    public sealed record Rejected(RejectionReason Reason, string Detail, Usage Usage) : WritingOutcome;

    /// <summary>The endpoint cannot be used; retrying does not help.</summary>
    public sealed record Unavailable(string Message) : WritingOutcome;
}

/// <summary>Has the model put a blueprint into words, and checks them. One repair call mends what does not align.</summary>
internal sealed class DialogueWriter(ILanguageModel model, LlmOptions endpoint)
{
    public async Task<WritingOutcome> WriteAsync(BlueprintReady message, CancellationToken cancellation)
    {
        if (message.Mode == GenerationMode.Outline && OutOfBounds(message.Blueprint) is { } outside)
        {
            return outside;
        }

        var request = message.Mode == GenerationMode.Outline ? OutlinePrompt.Of(message) : FreeformPrompt.Of(message);
        var outcome = await model.CompleteAsync(request, cancellation);
        if (outcome is not ChatOutcome.Answered answered)
        {
            return NotAnswered(outcome, default);
        }

        var call = new CallRecord(endpoint.EndpointName, RequestHash.Of(endpoint.EndpointName, request), answered.Usage);
        var (answer, problem) = AnswerParser.Dialogue(answered.Text);
        if (answer is null)
        {
            return new WritingOutcome.Rejected(RejectionReason.Unparsable, problem, call.Usage);
        }

        return message.Mode == GenerationMode.Outline
            ? await AnnotateAsync(message, answer, call, cancellation)
            : Freeform(message, answer, call);
    }

    /// <summary>An outline that its tasks could not be made to fit in its cell is not worth a call.</summary>
    private static WritingOutcome.Rejected? OutOfBounds(Blueprint blueprint)
    {
        var (count, bounds) = (blueprint.Outline.Count, blueprint.Cell.Turns);
        return count >= bounds.Min && count <= bounds.Max
            ? null
            : new WritingOutcome.Rejected(RejectionReason.WrongTurnCount, $"the outline has {count} exchanges, not {bounds.Min} to {bounds.Max}", default);
    }

    private async Task<WritingOutcome> AnnotateAsync(BlueprintReady message, DialogueAnswer answer, CallRecord call, CancellationToken cancellation)
    {
        var outline = message.Blueprint.Outline;
        if (answer.Exchanges.Count != outline.Count)
        {
            return new WritingOutcome.Rejected(
                RejectionReason.WrongTurnCount, $"{answer.Exchanges.Count} exchanges instead of {outline.Count}", call.Usage);
        }

        var annotation = Annotation.Of(outline, answer);
        if (annotation is not AnnotationOutcome.Misaligned(var missing))
        {
            return Finish(message, answer, annotation, call);
        }

        var outcome = await model.CompleteAsync(RepairPrompt.Of(message, answer, missing), cancellation);
        if (outcome is not ChatOutcome.Answered repaired)
        {
            return NotAnswered(outcome, call.Usage);
        }

        call = call with { Usage = call.Usage + repaired.Usage };
        answer = AnswerParser.Repair(repaired.Text) is { } repair ? AnswerParser.Apply(answer, repair) : answer;
        return Finish(message, answer, Annotation.Of(outline, answer), call);
    }

    private static WritingOutcome Finish(BlueprintReady message, DialogueAnswer answer, AnnotationOutcome annotation, CallRecord call) => annotation switch
    {
        AnnotationOutcome.Annotated(var turns) => new WritingOutcome.Written(DialogueAssembly.Aligned(message, answer, turns, call), call.Usage),
        AnnotationOutcome.Misaligned(var missing) => new WritingOutcome.Rejected(RejectionReason.Misaligned, Describe(missing), call.Usage),
        _ => throw new InvalidOperationException($"unknown outcome {annotation}"),
    };

    private static WritingOutcome Freeform(BlueprintReady message, DialogueAnswer answer, CallRecord call)
    {
        var bounds = message.Blueprint.Cell.Turns;
        return answer.Exchanges.Count >= bounds.Min && answer.Exchanges.Count <= bounds.Max
            ? new WritingOutcome.Written(DialogueAssembly.Unverified(message, answer, call), call.Usage)
            : new WritingOutcome.Rejected(
                RejectionReason.WrongTurnCount, $"{answer.Exchanges.Count} exchanges, not {bounds.Min} to {bounds.Max}", call.Usage);
    }

    private static WritingOutcome NotAnswered(ChatOutcome outcome, Usage paid) => outcome switch
    {
        ChatOutcome.Declined declined => new WritingOutcome.Rejected(declined.Reason, declined.Detail, paid + declined.Usage),
        ChatOutcome.Unavailable unavailable => new WritingOutcome.Unavailable(unavailable.Message),
        _ => throw new InvalidOperationException($"unknown outcome {outcome}"),
    };

    private static string Describe(IReadOnlyList<MissingValue> missing)
    {
        var first = missing[0];
        var more = missing.Count > 1 ? $" and {missing.Count - 1} more" : "";
        return $"exchange {first.Exchange + 1}: the {(first.OfUser ? "user" : "assistant")} does not say {first.Slot} '{first.Value}'{more}";
    }
}
