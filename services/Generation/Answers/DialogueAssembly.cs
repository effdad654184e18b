using DialogueMesh.Contracts.Blueprints;
using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Generation.Prompts;

namespace DialogueMesh.Generation.Answers;

/// <summary>What the words cost and where they were asked for.</summary>
/// <param name="Wasted">What answers of no use cost, none of which is in the dialogue.</param>
internal sealed record CallRecord(string Endpoint, string RequestHash, Usage Usage, Usage Wasted)
{
    public Usage Spent => Usage + Wasted;
}

/// <summary>Puts a finished dialogue together.</summary>
internal static class DialogueAssembly
{
    /// <summary>A dialogue whose annotations were checked against its outline.</summary>
    public static Dialogue Aligned(BlueprintReady message, DialogueAnswer answer, IReadOnlyList<Turn> turns, CallRecord call) =>
        Assemble(message, answer, turns, call, "aligned") with { Goal = message.Blueprint.Goal };

    /// <summary>A freeform dialogue: intents and emotions are the model's word.</summary>
    public static Dialogue Unverified(BlueprintReady message, DialogueAnswer answer, CallRecord call) =>
        Assemble(message, answer, [.. answer.Exchanges.Select((said, i) => Turn(message.Blueprint, said, i))], call, "unverified");

    private static Turn Turn(Blueprint blueprint, ExchangeAnswer said, int i) => new()
    {
        TurnNumber = i + 1,
        Utterance = said.User,
        Intent = said.Intent ?? "",
        AssistantResponse = said.Assistant,
        Emotion = said.UserEmotion ?? blueprint.Cell.UserEmotion,
        AssistantEmotion = said.AssistantEmotion ?? blueprint.Cell.AssistantEmotion,
    };

    private static Dialogue Assemble(BlueprintReady message, DialogueAnswer answer, IReadOnlyList<Turn> turns, CallRecord call, string annotations)
    {
        var (blueprint, cell) = (message.Blueprint, message.Blueprint.Cell);
        return new Dialogue
        {
            Services = cell.Services,
            DialogueId = DialogueName.Of(message.RunId, message.Ordinal),
            Turns = turns,
            NumLines = turns.Count,
            UserEmotions = [cell.UserEmotion],
            AssistantEmotions = [cell.AssistantEmotion],
            ScenarioCategory = cell.Category,
            GeneratedScenario = answer.Scenario,
            TimeSlot = cell.TimeSlot,
            Regions = [cell.Region],
            ResolutionStatus = cell.Resolution,
            Persona = blueprint.Persona,
            Provenance = Provenance(message, blueprint, cell, call, annotations),
        };
    }

    private static Provenance Provenance(BlueprintReady message, Blueprint blueprint, Cell cell, CallRecord call, string annotations) => new()
    {
        Run = message.RunId,
        Ordinal = message.Ordinal,
        Attempt = message.Attempt,
        SeedDialogue = blueprint.Seed.DialogueId,
        PersonaId = blueprint.Persona.Id,
        Mode = message.Mode == GenerationMode.Outline ? "outline" : "freeform",
        Annotations = annotations,
        Model = message.Model,
        Endpoint = call.Endpoint,
        Temperature = cell.Sampling.Temperature,
        TopP = cell.Sampling.TopP,
        FrequencyPenalty = cell.Sampling.FrequencyPenalty,
        PresencePenalty = cell.Sampling.PresencePenalty,
        PromptVersion = PromptText.Version,
        RequestHash = call.RequestHash,
        PromptTokens = (int)call.Usage.PromptTokens,
        CompletionTokens = (int)call.Usage.CompletionTokens,
        Cost = call.Usage.Cost,
    };
}
