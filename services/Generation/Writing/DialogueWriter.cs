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

/// <summary>Has the model put a blueprint into words, and checks them. One targeted call mends what does not align.</summary>
internal sealed class DialogueWriter(ILanguageModel model, LlmOptions endpoint)
{
    public async Task<WritingOutcome> WriteAsync(BlueprintReady message, CancellationToken cancellation)
    {
        if (message.Mode == GenerationMode.Outline && OutOfBounds(message.Blueprint) is { } outside)
        {
            return outside;
        }

        var (outline, bounds) = (message.Blueprint.Outline, message.Blueprint.Cell.Turns);
        var (request, read) = message.Mode == GenerationMode.Outline
            ? (OutlinePrompt.Of(message), (Func<string, Draft>)(text => Draft.Outline(text, outline)))
            : (FreeformPrompt.Of(message), text => Draft.Freeform(text, bounds));
        var asked = await model.AskAsync(request, read, draft => draft.Useless(outline), cancellation);
        if (asked.Outcome is not ChatOutcome.Answered answered)
        {
            return NotAnswered(asked.Outcome, asked.Wasted);
        }

        var call = new CallRecord(endpoint.EndpointName, RequestHash.Of(endpoint.EndpointName, request), answered.Usage, asked.Wasted);
        return asked.Read switch
        {
            Draft.Flawed(var reason, var detail) => new WritingOutcome.Rejected(reason, detail, call.Spent),
            Draft.Complete(var answer, AnnotationOutcome.Misaligned(var missing)) => await RepairAsync(message, answer, missing, call, cancellation),
            Draft.Complete(var answer, var annotation) => Finish(message, answer, annotation, call),
            var draft => throw new InvalidOperationException($"unknown draft {draft}"),
        };
    }

    /// <summary>An outline that its tasks could not be made to fit in its cell is not worth a call.</summary>
    private static WritingOutcome.Rejected? OutOfBounds(Blueprint blueprint)
    {
        var (count, bounds) = (blueprint.Outline.Count, blueprint.Cell.Turns);
        return count >= bounds.Min && count <= bounds.Max
            ? null
            : new WritingOutcome.Rejected(RejectionReason.WrongTurnCount, $"the outline has {count} exchanges, not {bounds.Min} to {bounds.Max}", default);
    }

    private async Task<WritingOutcome> RepairAsync(
        BlueprintReady message, DialogueAnswer answer, IReadOnlyList<MissingValue> missing, CallRecord call, CancellationToken cancellation)
    {
        var asked = await model.AskAsync(
            RepairPrompt.Of(message, answer, missing), text => new Mending(AnswerParser.Repair(text)), mending => mending.Repair is null, cancellation);
        call = call with { Wasted = call.Wasted + asked.Wasted };
        if (asked.Outcome is not ChatOutcome.Answered repaired)
        {
            return NotAnswered(asked.Outcome, call.Spent);
        }

        call = call with { Usage = call.Usage + repaired.Usage };
        answer = asked.Read!.Repair is { } repair ? AnswerParser.Apply(answer, repair) : answer;
        return Finish(message, answer, Annotation.Of(message.Blueprint.Outline, answer), call);
    }

    private static WritingOutcome Finish(BlueprintReady message, DialogueAnswer answer, AnnotationOutcome? annotation, CallRecord call) => annotation switch
    {
        null => new WritingOutcome.Written(DialogueAssembly.Unverified(message, answer, call), call.Spent),
        AnnotationOutcome.Annotated(var turns) => new WritingOutcome.Written(DialogueAssembly.Aligned(message, answer, turns, call), call.Spent),
        AnnotationOutcome.Misaligned(var missing) => new WritingOutcome.Rejected(RejectionReason.Misaligned, Describe(missing), call.Spent),
        _ => throw new InvalidOperationException($"unknown outcome {annotation}"),
    };

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

    /// <param name="Repair">Null where the answer is no repair.</param>
    private sealed record Mending(RepairAnswer? Repair);
}
