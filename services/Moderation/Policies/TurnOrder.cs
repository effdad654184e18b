using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Messages;

namespace DialogueMesh.Moderation.Policies;

/// <summary>Turns are numbered 1..n in order and num_lines is n, at least 1.</summary>
internal sealed class TurnOrder : IStructurePolicy
{
    public string Name => "turn-order";

    public Breach? Check(Dialogue dialogue)
    {
        if (dialogue.Turns.Count == 0)
        {
            return new Breach(RejectionReason.WrongTurnCount, "no turns");
        }

        foreach (var (index, turn) in dialogue.Turns.Index())
        {
            if (turn.TurnNumber != index + 1)
            {
                return new Breach(RejectionReason.WrongTurnCount, $"turn {index + 1} is numbered {turn.TurnNumber}");
            }
        }

        return dialogue.NumLines == dialogue.Turns.Count
            ? null
            : new Breach(RejectionReason.WrongTurnCount, $"num_lines is {dialogue.NumLines} with {dialogue.Turns.Count} turns");
    }
}
