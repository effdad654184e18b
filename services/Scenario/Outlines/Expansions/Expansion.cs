using DialogueMesh.Scenario.Ontology;

namespace DialogueMesh.Scenario.Outlines.Expansions;

/// <summary>One way in which an outline says more than the shortest form of its tasks. Tasks and steps are indexes.</summary>
internal abstract record Expansion
{
    private Expansion()
    {
    }

    /// <summary>The assistant's offer is a turn of its own, to be taken or declined, not told together with the result.</summary>
    public sealed record OfferFirst(int Task) : Expansion;

    /// <summary>What has just been told is agreed to before it is carried out.</summary>
    public sealed record Consent(int Task) : Expansion;

    /// <summary>The user opens without any slot, and is asked for the first.</summary>
    public sealed record PlainOpening(int Task) : Expansion;

    /// <summary>An optional slot is there.</summary>
    public sealed record Include(int Task, int Step, int Slot) : Expansion;

    /// <summary>From this slot on the user waits to be asked.</summary>
    public sealed record AskApart(int Task, int Step, int Slot) : Expansion;

    /// <summary>The assistant reads back before going on.</summary>
    public sealed record ReadBack(int Task, int Step) : Expansion;

    /// <summary>The user had given one slot another value, and corrects it when it is read back.</summary>
    public sealed record Correct(int Task) : Expansion;

    /// <summary>The user asks for another offer first.</summary>
    public sealed record Alternative(int Task, int Number) : Expansion;

    /// <summary>The user asks something on the side: the task's side slot of that number.</summary>
    public sealed record SideQuestion(int Task, int Number) : Expansion;

    /// <summary>It does not work at first, and does with another value.</summary>
    public sealed record Setback(int Task) : Expansion;

    /// <summary>The user does not take no for an answer at once.</summary>
    public sealed record Insist(int Task, int Number) : Expansion;

    /// <summary>The assistant makes sure that it got right what the user just gave, in a task that has nothing read back.</summary>
    public sealed record Verify(int Task, int Step) : Expansion;

    /// <summary>The user needs a moment before the task goes on.</summary>
    public sealed record Pause(int Task, int Number) : Expansion;

    /// <summary>The assistant needs a moment before it tells something, the n-th time it could.</summary>
    public sealed record Hold(int Task, int Number) : Expansion;

    /// <summary>Thanks and goodbye are an exchange of their own.</summary>
    public sealed record Closing : Expansion;

    /// <summary>Whether it adds nothing but time, for dialogues that nothing else makes long enough.</summary>
    public bool MarksTime => this is Pause or Hold or Verify or Insist { Number: 2 } or SideQuestion { Number: >= MostSideQuestions };

    /// <summary>Whether a dialogue has it wherever its bounds leave room: what is told and done in one breath leaves the user no say.</summary>
    public bool IsCourtesy => this is OfferFirst or Consent;

    /// <summary>More of them in one task is an interrogation.</summary>
    public const int MostSideQuestions = 3;

    /// <summary>How likely it is taken when it enriches a dialogue without making it longer.</summary>
    /// <param name="needed">Whether the dialogue is too short, so that others may have to build on it.</param>
    public double ChanceWhenFree(bool needed) => this switch
    {
        SideQuestion or ReadBack or Include when needed => 1,
        Include => 0.15,
        _ => 0,
    };

    /// <summary>Every expansion that the tasks allow.</summary>
    public static IEnumerable<Expansion> Of(IReadOnlyList<TaskPlan> tasks)
    {
        yield return new Closing();
        for (var t = 0; t < tasks.Count; t++)
        {
            foreach (var expansion in OfTask(t, tasks[t]))
            {
                yield return expansion;
            }
        }
    }

    private static IEnumerable<Expansion> OfTask(int t, TaskPlan task)
    {
        yield return new PlainOpening(t);
        yield return new Consent(t);
        foreach (var expansion in task.Grammar.Steps.SelectMany((step, s) => OfStep(t, s, step)))
        {
            yield return expansion;
        }

        for (var n = 0; n < task.SideSlots.Count; n++)
        {
            yield return new SideQuestion(t, n);
        }

        if (!task.Grammar.Steps.Any(step => step.Kind == StepKind.Confirm))
        {
            foreach (var s in Enumerable.Range(0, task.Grammar.Steps.Count).Where(s => task.Grammar.Steps[s].Kind == StepKind.Give))
            {
                yield return new Verify(t, s);
            }
        }

        yield return new Correct(t);
        yield return new Setback(t);
        for (var n = 0; n < 3 && task.Trouble is not null; n++)
        {
            yield return new Insist(t, n);
        }

        for (var n = 0; n < 4; n++)
        {
            yield return new Pause(t, n);
        }

        for (var n = 0; n < 7; n++)
        {
            yield return new Hold(t, n);
        }
    }

    private static IEnumerable<Expansion> OfStep(int t, int s, Step step)
    {
        for (var i = 0; i < step.Slots.Count; i++)
        {
            if (step.Slots[i].Optional)
            {
                yield return new Include(t, s, i);
            }

            if (step.Kind is StepKind.Give or StepKind.Ask && (i > 0 || s > 0))
            {
                yield return new AskApart(t, s, i);
            }
        }

        if (step.Kind == StepKind.Confirm)
        {
            yield return new ReadBack(t, s);
        }

        if (step.Kind == StepKind.Offer)
        {
            yield return new OfferFirst(t);
            yield return new Alternative(t, 0);
            yield return new Alternative(t, 1);
        }
    }
}
