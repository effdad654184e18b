using DialogueMesh.Contracts.Messages;
using DialogueMesh.Contracts.Prompts;
using DialogueMesh.Generation.Alignment;
using DialogueMesh.Generation.Answers;
using DialogueMesh.Llm;

namespace DialogueMesh.Generation.Prompts;

/// <summary>The request that mends the exchanges that did not align.</summary>
public static class RepairPrompt
{
    internal static ChatRequest Of(BlueprintReady message, DialogueAnswer answer, IReadOnlyList<MissingValue> missing)
    {
        var entries = missing.GroupBy(value => value.Exchange).OrderBy(group => group.Key).Select(group => new RepairEntry(
            group.Key + 1,
            answer.Exchanges[group.Key].User,
            [.. group.Where(value => value.OfUser).Select(value => value.Value)],
            answer.Exchanges[group.Key].Assistant,
            [.. group.Where(value => !value.OfUser).Select(value => value.Value)])).ToList();
        var user = PromptText.RepairUser.Replace("{repair}", PromptData.Quote(entries), StringComparison.Ordinal);
        return ModelCall.Of(message, PromptText.RepairSystem, user, PromptNames.Repair, AnswerSchemas.Repair);
    }
}
