using DialogueMesh.Contracts.Blueprints;
using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Generation.Answers;

namespace DialogueMesh.Generation.Alignment;

/// <summary>An answer annotated by its outline, or what keeps it from being so.</summary>
internal abstract record AnnotationOutcome
{
    private AnnotationOutcome()
    {
    }

    public sealed record Annotated(IReadOnlyList<Turn> Turns) : AnnotationOutcome;

    public sealed record Misaligned(IReadOnlyList<MissingValue> Missing) : AnnotationOutcome;
}

/// <summary>Puts acts, spans and belief state on the utterances of an answer with as many exchanges as its outline.</summary>
internal static class Annotation
{
    private const string NoIntent = "NONE";

    public static AnnotationOutcome Of(IReadOnlyList<ExchangePlan> outline, DialogueAnswer answer)
    {
        var turns = new List<Turn>();
        var missing = new List<MissingValue>();
        var state = new StateTracker();
        for (var i = 0; i < outline.Count; i++)
        {
            var (plan, said) = (outline[i], answer.Exchanges[i]);
            var user = Aligner.Align(said.User, plan.User);
            var assistant = Aligner.Align(said.Assistant, plan.Assistant);
            missing.AddRange(Missing(i, ofUser: true, user));
            missing.AddRange(Missing(i, ofUser: false, assistant));
            state.Hear(plan.User);
            turns.Add(new Turn
            {
                TurnNumber = i + 1,
                Utterance = said.User,
                Intent = plan.ActiveIntent,
                AssistantResponse = said.Assistant,
                Emotion = plan.UserEmotion,
                AssistantEmotion = plan.AssistantEmotion,
                UserFrames = [.. state.Services.Select(service => Frame(service, plan.User, user, state.Of(service, ActiveIntent(plan, service), plan.User)))],
                AssistantFrames = [.. plan.Assistant.Select(act => act.Service).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                    .Select(service => Frame(service, plan.Assistant, assistant, state: null))],
            });
        }

        return missing.Count == 0 ? new AnnotationOutcome.Annotated(turns) : new AnnotationOutcome.Misaligned(missing);
    }

    private static IEnumerable<MissingValue> Missing(int exchange, bool ofUser, AlignedUtterance aligned) =>
        aligned.Missing.Select(act => new MissingValue(exchange, ofUser, $"{act.Service}-{act.Slot}", act.Value!));

    private static string ActiveIntent(ExchangePlan plan, string service) =>
        service == plan.ActiveService && plan.User.Any(act => act.Act is not (Acts.ThankYou or Acts.Goodbye)) ? plan.ActiveIntent : NoIntent;

    private static Frame Frame(string service, IReadOnlyList<PlannedAct> acts, AlignedUtterance aligned, BeliefState? state) => new()
    {
        Service = service,
        Actions = [.. acts.Where(act => act.Service == service).Select(Action)],
        Slots = [.. aligned.Spans.Where(pair => pair.Act.Service == service).Select(pair => pair.Span)],
        State = state,
    };

    private static FrameAction Action(PlannedAct act) => new(
        act.Act, act.Slot is null ? "" : $"{act.Service}-{act.Slot}", act.Value is null ? [] : [act.Value]);
}
