using System.Globalization;
using DialogueMesh.Contracts.Blueprints;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Contracts.Prompts;
using DialogueMesh.Llm;

namespace DialogueMesh.Generation.Prompts;

/// <summary>The request for a dialogue in outline mode.</summary>
public static class OutlinePrompt
{
    public static ChatRequest Of(BlueprintReady message)
    {
        var user = PromptText.OutlineUser
            .Replace("{count}", message.Blueprint.Outline.Count.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{blueprint}", PromptData.Quote(Brief(message.Blueprint)), StringComparison.Ordinal);
        return ModelCall.Of(message, PromptText.OutlineSystem, user, PromptNames.Outline, AnswerSchemas.Outline);
    }

    internal static OutlineBrief Brief(Blueprint blueprint)
    {
        var cell = blueprint.Cell;
        return new OutlineBrief
        {
            Services = cell.Services,
            Category = cell.Category,
            Region = cell.Region,
            TimeSlot = cell.TimeSlot,
            Clock = blueprint.Clock,
            Persona = blueprint.Persona.Description,
            Goal = blueprint.Goal.Description,
            Resolution = cell.Resolution,
            Obstacle = blueprint.Goal.Tasks.FirstOrDefault(task => task.Primary)?.Obstacle,
            Tasks = [.. blueprint.Goal.Tasks.Select(task => new TaskBrief(task.Service, task.Category, task.Intent, task.Outcome, task.Primary))],
            Exchanges = [.. blueprint.Outline.Select((plan, i) => new ExchangeBrief(
                i + 1, plan.ActiveIntent, plan.UserEmotion, [.. plan.User.Select(Line)], plan.AssistantEmotion, [.. plan.Assistant.Select(Line)],
                plan.Note.Length > 0 ? plan.Note : null))],
        };
    }

    private static string Line(PlannedAct act) => act switch
    {
        { Slot: null } => $"{act.Act} {act.Service}",
        { Value: null } => $"{act.Act} {act.Service}-{act.Slot}",
        _ => $"{act.Act} {act.Service}-{act.Slot}={act.Value}",
    };
}
