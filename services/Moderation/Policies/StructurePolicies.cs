using DialogueMesh.Contracts.Dialogues;

namespace DialogueMesh.Moderation.Policies;

internal static class StructurePolicies
{
    /// <summary>What is wrong with more of the dialogue comes first.</summary>
    public static IReadOnlyList<IStructurePolicy> All { get; } =
        [new TurnOrder(), new NoEmptyTurn(), new NoModelLeakage(), new NoPlaceholder(), new NoRepeatedTurn()];

    public static Breach? FirstBreach(Dialogue dialogue) =>
        All.Select(policy => policy.Check(dialogue)).FirstOrDefault(breach => breach is not null);
}
