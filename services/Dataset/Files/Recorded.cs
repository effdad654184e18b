using DialogueMesh.Dataset.History;

namespace DialogueMesh.Dataset.Files;

/// <summary>
/// What came of an event: whether its own line is new in the journal, the decisions that are journalled and not told yet, and the
/// fault that kept the rest out (one line for the user; the session does nothing more).
/// </summary>
internal sealed record Recorded(bool IsNew, IReadOnlyList<DecisionLine> Decisions, string? Fault)
{
    public static Recorded Nothing { get; } = new(IsNew: false, [], Fault: null);
}
