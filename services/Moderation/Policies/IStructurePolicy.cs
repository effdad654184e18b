using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Messages;

namespace DialogueMesh.Moderation.Policies;

/// <summary>A rule on a dialogue's form that its text alone decides.</summary>
internal interface IStructurePolicy
{
    string Name { get; }

    /// <summary>The first breach, or null.</summary>
    Breach? Check(Dialogue dialogue);
}

/// <summary>Why a dialogue is turned down, and where in it, in one line.</summary>
internal sealed record Breach(RejectionReason Reason, string Detail);
