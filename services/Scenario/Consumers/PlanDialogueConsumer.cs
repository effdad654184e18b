using DialogueMesh.Contracts.Blueprints;
using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Scenario.Blueprints;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace DialogueMesh.Scenario.Consumers;

internal sealed partial class PlanDialogueConsumer(BlueprintMaker maker, ILogger<PlanDialogueConsumer> log) : IConsumer<PlanDialogue>
{
    public Task Consume(ConsumeContext<PlanDialogue> context)
    {
        var message = context.Message;
        var blueprint = maker.Make(message);
        LogChoice(DialogueName.Of(message.RunId, message.Ordinal), message.Attempt, Describe(blueprint));
        return context.Publish(new BlueprintReady
        {
            RunId = message.RunId,
            Ordinal = message.Ordinal,
            Attempt = message.Attempt,
            Seed = message.Seed,
            Mode = message.Mode,
            Model = message.Model,
            Blueprint = blueprint,
        });
    }

    private static string Describe(Blueprint blueprint)
    {
        var cell = blueprint.Cell;
        return $"{cell.Category} ({string.Join('+', cell.Services)}), {cell.Region}, {cell.TimeSlot} {blueprint.Clock}, {cell.Resolution}, "
            + $"user {cell.UserEmotion}, assistant {cell.AssistantEmotion}, persona {blueprint.Persona.Id}, seed dialogue {blueprint.Seed.DialogueId}";
    }

    [LoggerMessage(LogLevel.Information, "Dialogue {DialogueId} attempt {Attempt}: {Choice}")]
    private partial void LogChoice(string dialogueId, int attempt, string choice);
}
