using DialogueMesh.Contracts.Blueprints;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Generation.Alignment;
using DialogueMesh.Generation.Answers;

namespace DialogueMesh.Generation.Writing;

/// <summary>A model's answer as far as it could be used.</summary>
internal abstract record Draft
{
    private Draft()
    {
    }

    /// <summary>Nothing of it is of use.</summary>
    public sealed record Flawed(RejectionReason Reason, string Detail) : Draft;

    /// <summary>As many exchanges as asked for, and whether they say what was planned; null where nothing was.</summary>
    public sealed record Complete(DialogueAnswer Answer, AnnotationOutcome? Annotation) : Draft;

    /// <summary>
    /// Whether asking again is better than mending: it cannot be read, or it leaves out more of what was planned than it
    /// says, so that a repair would have to write it anew.
    /// </summary>
    public bool Useless(IReadOnlyList<ExchangePlan> outline) => this switch
    {
        Flawed { Reason: RejectionReason.Unparsable } => true,
        Complete { Annotation: AnnotationOutcome.Misaligned(var missing) } =>
            missing.Count * 2 > outline.Sum(exchange => exchange.User.Concat(exchange.Assistant).Count(act => act.Value is not null)),
        _ => false,
    };

    public static Draft Outline(string text, IReadOnlyList<ExchangePlan> outline)
    {
        var (answer, problem) = AnswerParser.Dialogue(text);
        return answer switch
        {
            null => new Flawed(RejectionReason.Unparsable, problem),
            _ when answer.Exchanges.Count != outline.Count =>
                new Flawed(RejectionReason.WrongTurnCount, $"{answer.Exchanges.Count} exchanges instead of {outline.Count}"),
            _ => new Complete(answer, Annotation.Of(outline, answer)),
        };
    }

    public static Draft Freeform(string text, IntRange bounds)
    {
        var (answer, problem) = AnswerParser.Dialogue(text);
        return answer switch
        {
            null => new Flawed(RejectionReason.Unparsable, problem),
            _ when answer.Exchanges.Count < bounds.Min || answer.Exchanges.Count > bounds.Max =>
                new Flawed(RejectionReason.WrongTurnCount, $"{answer.Exchanges.Count} exchanges, not {bounds.Min} to {bounds.Max}"),
            _ => new Complete(answer, null),
        };
    }
}
