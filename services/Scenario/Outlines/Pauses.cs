using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Scenario.Outlines.Expansions;

namespace DialogueMesh.Scenario.Outlines;

/// <summary>Where one of the two keeps the other waiting in a task.</summary>
internal sealed class Pauses(int index, string service, OutlineWriter writer, TaskChoices choices)
{
    private int pauses;
    private int holds;

    /// <summary>The n-th time that the assistant asks for a slot may be put off by the n-th pause.</summary>
    public void BeforeQuestion()
    {
        if (choices.Has(new Expansion.Pause(index, pauses)) && writer.UserHasFloor && writer.Exchanges > 1)
        {
            writer.System(Acts.Acknowledge, service);
            writer.User(Acts.Acknowledge, service);
            writer.Note(OutlineNotes.UserNeedsMoment);
        }

        pauses++;
    }

    /// <summary>The assistant looks into it, and the user waits: the n-th time that there is something to look into, by the n-th hold.</summary>
    /// <param name="always">Where a row of questions has to be broken.</param>
    public void HoldOn(bool always = false)
    {
        if (always || choices.Has(new Expansion.Hold(index, holds)))
        {
            writer.System(Acts.Acknowledge, service);
            writer.Note(OutlineNotes.AssistantChecks);
            writer.User(Acts.Acknowledge, service);
        }

        holds++;
    }
}
