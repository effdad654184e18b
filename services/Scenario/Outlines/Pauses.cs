using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Scenario.Outlines.Expansions;

namespace DialogueMesh.Scenario.Outlines;

/// <summary>Where one of the two keeps the other waiting in a task.</summary>
internal sealed class Pauses(int index, string service, OutlineWriter writer, TaskChoices choices)
{
    private int pauses;
    private int holds;

    /// <summary>The n-th time that the assistant has asked for a slot, the n-th pause has the user look for the answer.</summary>
    public void AfterQuestion()
    {
        if (choices.Has(new Expansion.Pause(index, pauses)))
        {
            writer.User(Acts.Acknowledge, service);
            writer.Note(OutlineNotes.UserNeedsMoment);
            writer.System(Acts.Acknowledge, service);
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
