using DialogueMesh.Contracts.Blueprints;
using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Scenario.Grounding;
using DialogueMesh.Scenario.Outlines.Expansions;

namespace DialogueMesh.Scenario.Outlines;

/// <summary>An outline as laid out for one choice of expansions.</summary>
internal sealed class OutlineDraft
{
    private readonly IReadOnlyList<HalfTurn> turns;
    private readonly World world;
    private readonly List<IReadOnlyList<string>> requests = [];

    private OutlineDraft(IReadOnlyList<HalfTurn> turns, World world)
    {
        this.turns = turns;
        this.world = world;
    }

    /// <summary>In exchanges.</summary>
    public int Length => turns.Count / 2;

    public static OutlineDraft Write(IReadOnlyList<TaskPlan> tasks, World world, ExpansionSet chosen)
    {
        var writer = new OutlineWriter();
        var draft = new OutlineDraft(writer.Turns, world);
        for (var t = 0; t < tasks.Count; t++)
        {
            var layout = new TaskLayout(t, tasks[t], world, writer, new TaskChoices(t, tasks[t], world, chosen));
            layout.Write();
            draft.requests.Add(layout.Requests);
        }

        Close(writer, tasks[^1], world.Cell, inFull: chosen.Has(new Expansion.Closing()));
        return draft;
    }

    /// <summary>Where there is no room for a farewell, the assistant says goodbye with the last thing that it tells.</summary>
    private static void Close(OutlineWriter writer, TaskPlan task, Cell cell, bool inFull)
    {
        var last = task.Schema.Name;
        if (inFull)
        {
            writer.Settled = true;
            if (task.Outcome == Resolutions.Resolved && !writer.LastSystemTurnHas(Acts.Offer))
            {
                writer.System(Acts.RequestMore, last);
            }

            if (EmotionArc.LeavesWithThanks(cell.UserEmotion, cell.Resolution))
            {
                writer.User(Acts.ThankYou, last);
            }

            writer.User(Acts.Goodbye, last);
        }

        writer.System(Acts.Goodbye, last);
    }

    public PlannedOutline Finish(Cell cell, IReadOnlyList<TaskPlan> tasks, string streamKey)
    {
        var choice = new Contracts.Randomness.SeededRandom(streamKey, "emotions").NextUInt64();
        var exchanges = new List<ExchangePlan>();
        for (var i = 0; i + 1 < turns.Count; i += 2)
        {
            var (user, system) = (turns[i], turns[i + 1]);
            var task = tasks[user.Task];
            var farewell = user.Acts.TrueForAll(act => act.Act is Acts.ThankYou or Acts.Goodbye);
            var notes = i == 0 && tasks.Count > 1 ? [$"what the user mainly came for is to {Wish(tasks.First(t => t.Primary))}"] : new List<string>();
            exchanges.Add(new ExchangePlan
            {
                User = user.Acts,
                Assistant = system.Acts,
                UserEmotion = EmotionArc.At(cell.UserEmotion, cell.Resolution, user.Settled && task.Primary, choice),
                AssistantEmotion = cell.AssistantEmotion,
                ActiveService = task.Schema.Name,
                ActiveIntent = farewell ? "goodbye" : task.Grammar.Intent,
                Note = string.Join("; ", notes.Concat(user.Notes).Concat(system.Notes).Distinct(StringComparer.Ordinal)),
            });
        }

        return new PlannedOutline(Goal(tasks), exchanges);
    }

    private UserGoal Goal(IReadOnlyList<TaskPlan> tasks)
    {
        var goals = tasks.Select((task, t) => new TaskGoal
        {
            Service = task.Schema.Name,
            Category = task.Grammar.Category,
            Intent = task.Grammar.Intent,
            Primary = task.Primary,
            Constraints = Constraints(task.Schema.Name),
            Requests = requests[t],
            Outcome = task.Outcome,
            Obstacle = task.Trouble?.About,
        }).ToList();
        var primary = tasks.First(task => task.Primary);
        var also = tasks.Where(task => !task.Primary).Select(Wish).ToList();
        var rest = also.Count == 0 ? "" : ", and also to " + string.Join(" and to ", also);
        return new UserGoal { Description = $"The user wants to {Wish(primary)}{rest}.", Tasks = goals };
    }

    private string Wish(TaskPlan task) => GoalText.Of(task, turns, world.Subject is { } subject ? world.Catalog.Services[subject].Booking : null);

    /// <summary>What the user's INFORM and SELECT acts come to in the end.</summary>
    private SortedDictionary<string, string> Constraints(string service)
    {
        var constraints = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var act in turns.Where(turn => turn.User).SelectMany(turn => turn.Acts)
            .Where(act => act.Service == service && act.Act is Acts.Inform or Acts.Select && act.Value is not null))
        {
            if (act.Service == service)
            {
                constraints[act.Slot!] = act.Value!;
            }
        }

        return constraints;
    }
}
