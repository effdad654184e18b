using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Scenario.Ontology;
using DialogueMesh.Scenario.Outlines.Expansions;

namespace DialogueMesh.Scenario.Outlines;

/// <summary>Lays out how a task fails or is handed over, and how the user takes it.</summary>
/// <param name="holdOn">Lets the assistant look into it where an expansion says so.</param>
internal sealed class TroubleLayout(int index, TaskPlan task, Trouble trouble, OutlineWriter writer, TaskChoices choices, Action holdOn)
{
    private readonly string service = task.Schema.Name;

    public void Write()
    {
        holdOn();
        writer.System(Acts.NotifyFailure, service);
        writer.Note(trouble.About);
        writer.Settled = true;
        for (var n = 0; choices.Has(new Expansion.Insist(index, n)); n++)
        {
            writer.User(Acts.RequestAlternatives, service);
            writer.Note("the user does not accept this yet and presses for another way");
            holdOn();
            if (choices.Has(new Expansion.Insist(index, n + 1)) || (n == 0 && task.Outcome == Resolutions.Failed))
            {
                writer.System(Acts.NotifyFailure, service);
                writer.Note(OutlineNotes.NoOtherWay);
            }
        }

        if (task.Outcome == Resolutions.Failed && writer.UserHasFloor)
        {
            writer.System(Acts.NotifyFailure, service);
            writer.Note(OutlineNotes.AnswerStands);
        }

        if (task.Outcome == Resolutions.Escalated)
        {
            writer.System(Acts.Escalate, service, "desk", trouble.Desk);
            writer.Note($"the assistant hands the user over to {trouble.Desk}");
        }
    }
}
