using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Blueprints;

namespace DialogueMesh.Scenario.Corpora;

/// <summary>A seed dialogue as plain text, as the extraction test prints it and the freeform prompt quotes it.</summary>
public static class BaseConversation
{
    /// <summary>A line a turn, "User: …" or "Assistant: …", runs of white space as one space.</summary>
    public static string Of(SeedDialogue dialogue) => string.Join('\n', dialogue.Turns.Select(Line));

    /// <exception cref="InputException">There is no dialogue with that index.</exception>
    public static SeedConversation At(SeedCorpus corpus, int index)
    {
        if (index < 0 || index >= corpus.Dialogues.Count)
        {
            throw new InputException($"Index {index} is out of bounds for the dataset ({corpus.Dialogues.Count} dialogues)");
        }

        var dialogue = corpus.Dialogues[index];
        return new SeedConversation(dialogue.Id, Of(dialogue));
    }

    private static string Line(SeedTurn turn)
    {
        var words = turn.Utterance.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return $"{(turn.Speaker == Speaker.User ? "User" : "Assistant")}: {string.Join(' ', words)}";
    }
}
