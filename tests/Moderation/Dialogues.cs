using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Messages;

namespace DialogueMesh.Tests.Moderation;

/// <summary>Dialogues with the given words, all else being in order.</summary>
internal static class Dialogues
{
    public static Dialogue Of(params (string User, string Assistant)[] exchanges) => new()
    {
        Services = ["hotel"],
        DialogueId = "d-1",
        Turns = [.. exchanges.Select((exchange, index) => new Turn
        {
            TurnNumber = index + 1,
            Utterance = exchange.User,
            Intent = "find_hotel",
            AssistantResponse = exchange.Assistant,
            Emotion = "Happy",
            AssistantEmotion = "Patient",
        })],
        NumLines = exchanges.Length,
        UserEmotions = ["Happy"],
        AssistantEmotions = ["Patient"],
        ScenarioCategory = "hotel.room_reservation",
        GeneratedScenario = "A traveller looks for a room.",
        TimeSlot = "Afternoon",
        Regions = ["Paris"],
        ResolutionStatus = "Resolved",
        Persona = new Persona { Id = "p-1", Description = "A nurse." },
        Provenance = new Provenance
        {
            Run = "r-1",
            Ordinal = 3,
            Attempt = 1,
            SeedDialogue = "s-1",
            PersonaId = "p-1",
            Mode = "outline",
            Annotations = "aligned",
            Model = "gpt-4o-mini",
            Endpoint = "simulator",
            Temperature = 0.7,
            TopP = 0.8,
            FrequencyPenalty = 0,
            PresencePenalty = 0,
            PromptVersion = "1",
            RequestHash = "00",
            PromptTokens = 1,
            CompletionTokens = 1,
            Cost = 0,
        },
    };

    public static Dialogue UserSays(string text) => Of((text, "Certainly, one moment while I look."));

    public static DialogueGenerated Generated(Dialogue dialogue) => new()
    {
        RunId = "r-1",
        Ordinal = 3,
        Attempt = 1,
        Dialogue = dialogue,
        Usage = new Usage(10, 20, 0.1m, 1),
        Milliseconds = 5,
    };
}
