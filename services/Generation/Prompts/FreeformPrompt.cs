using System.Globalization;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Contracts.Prompts;
using DialogueMesh.Llm;

namespace DialogueMesh.Generation.Prompts;

/// <summary>The request for a dialogue in freeform mode.</summary>
public static class FreeformPrompt
{
    /// <summary>Characters of the reference conversation that are shown: enough for its kind, not for its course.</summary>
    private const int ReferenceLength = 1200;

    public static ChatRequest Of(BlueprintReady message)
    {
        var (blueprint, cell) = (message.Blueprint, message.Blueprint.Cell);
        var reference = blueprint.Seed.Text;
        var brief = new FreeformBrief
        {
            Services = cell.Services,
            Category = cell.Category,
            Region = cell.Region,
            TimeSlot = cell.TimeSlot,
            Clock = blueprint.Clock,
            Persona = blueprint.Persona.Description,
            UserEmotion = cell.UserEmotion,
            AssistantEmotion = cell.AssistantEmotion,
            Resolution = cell.Resolution,
            MinExchanges = cell.Turns.Min,
            MaxExchanges = cell.Turns.Max,
            ReferenceConversation = reference.Length <= ReferenceLength ? reference : reference[..ReferenceLength],
        };
        var user = PromptText.FreeformUser
            .Replace("{min}", cell.Turns.Min.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{max}", cell.Turns.Max.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{brief}", PromptData.Quote(brief), StringComparison.Ordinal);
        return ModelCall.Of(message, PromptText.FreeformSystem, user, PromptNames.Freeform, AnswerSchemas.Freeform);
    }
}
