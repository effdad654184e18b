using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Prompts;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Llm;

namespace DialogueMesh.Generation.Prompts;

/// <param name="Turns">"USER: …", "ASSISTANT: …" in turn.</param>
/// <param name="Categories">What the judge chooses from.</param>
public sealed record JudgeBrief(IReadOnlyList<string> Services, IReadOnlyList<string> Categories, IReadOnlyList<string> Turns);

/// <summary>The request that has a model judge a finished dialogue without seeing its labels.</summary>
public static class JudgePrompt
{
    public static ChatRequest Of(Dialogue dialogue, IReadOnlyList<string> categories, string model)
    {
        var brief = new JudgeBrief(
            dialogue.Services,
            categories,
            [.. dialogue.Turns.SelectMany(turn => new[] { $"USER: {turn.Utterance}", $"ASSISTANT: {turn.AssistantResponse}" })]);
        return new ChatRequest
        {
            Model = model,
            System = PromptText.JudgeSystem,
            User = PromptText.JudgeUser.Replace("{dialogue}", PromptData.Quote(brief), StringComparison.Ordinal),
            SchemaName = PromptNames.Judge,
            Schema = AnswerSchemas.Judge,
            // A judgement is to be the same each time.
            Sampling = new Sampling(0, 1, 0, 0),
            Seed = 0,
        };
    }
}
