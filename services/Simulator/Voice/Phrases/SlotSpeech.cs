using DialogueMesh.Contracts.Blueprints;

namespace DialogueMesh.Simulator.Voice.Phrases;

/// <summary>A slot's own phrases.</summary>
internal static class SlotSpeech
{
    /// <summary>One of the phrases with {v} and the slot's name as its value.</summary>
    public static string Fill(Conversation conversation, IReadOnlyList<string> phrases, PlannedAct act)
    {
        var now = new Dictionary<string, string>(StringComparer.Ordinal);
        if (act.Value is { } value)
        {
            now["v"] = value;
            now[act.Slot!] = value;
        }

        var phrase = conversation.Pick(phrases, act.Service, now, saidToo: true) ?? (act.Value is null ? $"What about the {conversation.Slot(act).Label}?" : "{v}");
        return conversation.Render(phrase, act.Service, now);
    }
}
