using DialogueMesh.Contracts.Dialogues;

namespace DialogueMesh.Dataset.History;

/// <summary>The part of a dialogue that marginals count, named as in <see cref="Dialogue"/>.</summary>
internal sealed record DialogueLabels
{
    public required IReadOnlyList<string> Services { get; init; }

    public required string ScenarioCategory { get; init; }

    public required IReadOnlyList<string> Regions { get; init; }

    public required string TimeSlot { get; init; }

    public required string ResolutionStatus { get; init; }

    public required IReadOnlyList<string> UserEmotions { get; init; }

    public required IReadOnlyList<string> AssistantEmotions { get; init; }

    public static DialogueLabels Of(Dialogue dialogue) => new()
    {
        Services = dialogue.Services,
        ScenarioCategory = dialogue.ScenarioCategory,
        Regions = dialogue.Regions,
        TimeSlot = dialogue.TimeSlot,
        ResolutionStatus = dialogue.ResolutionStatus,
        UserEmotions = dialogue.UserEmotions,
        AssistantEmotions = dialogue.AssistantEmotions,
    };
}
