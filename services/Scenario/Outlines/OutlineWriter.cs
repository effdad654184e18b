using DialogueMesh.Contracts.Blueprints;
using DialogueMesh.Contracts.Dialogues;

namespace DialogueMesh.Scenario.Outlines;

/// <summary>Notes that tell apart what the acts alone do not.</summary>
public static class OutlineNotes
{
    public const string UserNeedsMoment = "the user needs a moment";
    public const string AssistantChecks = "the assistant needs a moment to look into it, and the user waits";
    public const string NoOtherWay = "there is no other way";
    public const string AsksToGoAhead = "the assistant asks whether to go ahead on these terms";
    public const string AnswerStands = "the assistant regrets, and the answer stands";
}

/// <summary>One speaker's turn in the making.</summary>
internal sealed class HalfTurn(bool user)
{
    public bool User => user;

    public List<PlannedAct> Acts { get; } = [];

    public List<string> Notes { get; } = [];

    /// <summary>The index of the task that the turn began in.</summary>
    public required int Task { get; init; }

    /// <summary>Whether what the user came for has been settled, one way or the other.</summary>
    public required bool Settled { get; init; }
}

/// <summary>Lays acts out in turns: what the same speaker says in a row becomes one turn.</summary>
internal sealed class OutlineWriter
{
    private readonly List<HalfTurn> turns = [];

    public IReadOnlyList<HalfTurn> Turns => turns;

    public int Task { get; set; }

    public bool Settled { get; set; }

    public bool UserHasFloor => turns.Count > 0 && turns[^1].User;

    /// <summary>Exchanges so far; an open user turn counts.</summary>
    public int Exchanges => (turns.Count + 1) / 2;

    /// <summary>How many turns of the user, up to now, were questions and nothing else.</summary>
    public int QuestionsInARow => turns.AsEnumerable().Reverse().Where(turn => turn.User).TakeWhile(turn => turn.Acts.TrueForAll(act => act.Act == Acts.Request)).Count();

    public void User(string act, string service, string? slot = null, string? value = null, string? copyFrom = null) =>
        Add(user: true, new PlannedAct { Act = act, Service = service, Slot = slot, Value = value, CopyFrom = copyFrom });

    public void System(string act, string service, string? slot = null, string? value = null) =>
        Add(user: false, new PlannedAct { Act = act, Service = service, Slot = slot, Value = value });

    /// <summary>Adds what the last turn's acts leave unsaid.</summary>
    public void Note(string note)
    {
        if (note.Length > 0)
        {
            turns[^1].Notes.Add(note);
        }
    }

    public bool LastSystemTurnHas(string act) => turns.Count > 0 && !turns[^1].User && turns[^1].Acts.Exists(planned => planned.Act == act);

    private void Add(bool user, PlannedAct act)
    {
        if (turns.Count == 0 || turns[^1].User != user)
        {
            turns.Add(new HalfTurn(user) { Task = Task, Settled = Settled });
        }

        turns[^1].Acts.Add(act);
    }
}
