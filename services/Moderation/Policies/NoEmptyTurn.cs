using System.Text;
using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Messages;

namespace DialogueMesh.Moderation.Policies;

/// <summary>Every utterance has a letter, a digit or a symbol (as an emoji is): dots alone say nothing.</summary>
internal sealed class NoEmptyTurn : IStructurePolicy
{
    public string Name => "no-empty-turn";

    public Breach? Check(Dialogue dialogue)
    {
        foreach (var utterance in dialogue.Spoken())
        {
            if (!utterance.Text.EnumerateRunes().Any(rune => Rune.IsLetterOrDigit(rune) || Rune.IsSymbol(rune)))
            {
                return new Breach(RejectionReason.EmptyTurn, utterance.Place);
            }
        }

        return null;
    }
}
