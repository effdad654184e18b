using DialogueMesh.Contracts.Messages;

namespace DialogueMesh.Balancing.Runs;

/// <summary>What a run does next.</summary>
internal abstract record Step;

/// <summary>A candidate is to be made.</summary>
internal sealed record IssueCell(PlanDialogue Message) : Step;

/// <summary>No more candidates will come.</summary>
internal sealed record Finish(RunFinished Message) : Step
{
    public static Finish Faulted(RunFaulted fault) =>
        new(new RunFinished { RunId = fault.RunId, Outcome = RunOutcome.Faulted, Detail = fault.Message });
}
