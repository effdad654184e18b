using DialogueMesh.Contracts.Dialogues;

namespace DialogueMesh.Moderation.Policies;

/// <summary>One side of an exchange.</summary>
internal readonly record struct Utterance(string Place, string Text)
{
    /// <summary>Detail lines stay readable with long finds cut.</summary>
    public string Quote(string found) =>
        $"{Place}: \"{(found.Length <= 60 ? found : found[..60] + "…")}\"".ReplaceLineEndings(" ");
}

internal static class Utterances
{
    /// <summary>In the order spoken: user, assistant, user, …</summary>
    public static IEnumerable<Utterance> Spoken(this Dialogue dialogue)
    {
        foreach (var turn in dialogue.Turns)
        {
            yield return new Utterance($"turn {turn.TurnNumber}, user", turn.Utterance);
            yield return new Utterance($"turn {turn.TurnNumber}, assistant", turn.AssistantResponse);
        }
    }

    /// <summary>All the model wrote: the scenario, then the utterances.</summary>
    public static IEnumerable<Utterance> Written(this Dialogue dialogue) =>
        dialogue.Spoken().Prepend(new Utterance("scenario", dialogue.GeneratedScenario));
}
