using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Scenario.Grounding;
using DialogueMesh.Scenario.Ontology;
using DialogueMesh.Scenario.Outlines.Expansions;

namespace DialogueMesh.Scenario.Outlines;

/// <summary>Lays one task out in turns, in its shortest form plus the chosen expansions.</summary>
internal sealed class TaskLayout(int index, TaskPlan task, World world, OutlineWriter writer, TaskChoices choices)
{
    private const int MostQuestionsAtOnce = 2;

    /// <summary>More of them one after another reads like a form: the answer to the next one takes a moment.</summary>
    private const int MostQuestionsInARow = 3;

    private readonly string service = task.Schema.Name;
    private readonly IReadOnlyList<Step> steps = task.Grammar.Steps;
    private readonly List<string> givenConstraints = [];
    private readonly List<StepSlot> told = [];
    private readonly HashSet<string> given = [];
    private readonly List<StepSlot> pendingAnswers = [];
    private readonly Pauses pauses = new(index, task.Schema.Name, writer, choices);
    private bool sideQuestionsAsked;

    /// <summary>Slots the user asked for.</summary>
    public List<string> Requests { get; } = [];

    public void Write()
    {
        writer.Task = index;
        writer.Settled = false;
        writer.User(Acts.InformIntent, service);
        var struck = task.Trouble is { } trouble ? FindStruck(trouble) : -1;
        for (var s = 0; s < steps.Count; s++)
        {
            if (s == struck)
            {
                WriteTrouble(steps[s], task.Trouble!);
                return;
            }

            WriteStep(s, steps[s]);
        }

        AskOnTheSide();
    }

    private int FindStruck(Trouble trouble)
    {
        var first = steps.ToList().FindIndex(step => step.Strikes(trouble.At));
        return first >= 0 ? first : steps.Count - 1;
    }

    private void WriteStep(int s, Step step)
    {
        switch (step.Kind)
        {
            case StepKind.Give: Give(s); break;
            case StepKind.Offer: Offer(s, step); break;
            case StepKind.Ask: Ask(s); break;
            case StepKind.Tell: Tell(s); break;
            case StepKind.Confirm: Confirm(s); break;
            case StepKind.Do: Do(s); break;
            default: throw new InvalidOperationException($"unknown step {step.Kind}");
        }

        if (step.About.Length > 0 && choices.Present(s).Any())
        {
            writer.Note(step.About);
        }
    }

    private void Give(int s)
    {
        var wait = !writer.UserHasFloor || (s == 0 && choices.Has(new Expansion.PlainOpening(index)));
        foreach (var (slot, i) in choices.Present(s))
        {
            if (wait || choices.Has(new Expansion.AskApart(index, s, i)))
            {
                writer.System(Acts.Request, choices.ServiceOf(slot), slot.Name);
                pauses.AfterQuestion();
                wait = false;
            }

            var value = choices.GivenValue(slot);
            writer.User(Acts.Inform, choices.ServiceOf(slot), slot.Name, value.Value, value.CopyFrom);
            world.State(choices.ServiceOf(slot), slot.Name);
            given.Add(slot.Name);
            if (!slot.OfSubject && task.Schema.Entity?.Slots.Contains(slot.Name) == true)
            {
                givenConstraints.Add(slot.Name);
            }
        }

        if (choices.Has(new Expansion.Verify(index, s)))
        {
            ReadBack(choices.Present(s).Select(pair => pair.Slot), slot => world.ValueOf(choices.ServiceOf(slot), slot.Name).Value);
            writer.User(Acts.Affirm, service);
        }
    }

    private void Offer(int s, Step step)
    {
        var slots = choices.Present(s).Select(pair => pair.Slot).ToList();
        if (!choices.Has(new Expansion.OfferFirst(index)))
        {
            TakeForGranted(slots);
            return;
        }

        foreach (var values in choices.Declined(step, slots, given, givenConstraints))
        {
            OfferValues(slots, values);
            writer.User(Acts.RequestAlternatives, service);
            writer.Note("the user would like to hear another option");
        }

        var accepted = slots.ToDictionary(slot => slot.Name, slot => world.ValueOf(service, slot.Name).Value, StringComparer.Ordinal);
        OfferValues(slots, accepted);
        AskOnTheSide();
        foreach (var slot in slots)
        {
            writer.User(Acts.Select, service, slot.Name, accepted[slot.Name]);
            world.State(service, slot.Name);
            given.Add(slot.Name);
        }
    }

    /// <summary>The short form: the user names the entity at once; what would be offered is told with the result.</summary>
    private void TakeForGranted(List<StepSlot> slots)
    {
        foreach (var slot in slots)
        {
            if (slot.Name == task.Schema.Entity?.Key && writer.UserHasFloor)
            {
                writer.User(Acts.Inform, service, slot.Name, world.ValueOf(service, slot.Name).Value);
                world.State(service, slot.Name);
                given.Add(slot.Name);
            }
            else
            {
                told.Add(slot);
            }
        }
    }

    private void OfferValues(List<StepSlot> slots, Dictionary<string, string> values)
    {
        foreach (var slot in slots)
        {
            writer.System(Acts.Offer, service, slot.Name, values[slot.Name]);
        }
    }

    private void Ask(int s)
    {
        foreach (var (slot, i) in choices.Present(s))
        {
            if ((choices.Has(new Expansion.AskApart(index, s, i)) && writer.QuestionsInARow < MostQuestionsInARow) || pendingAnswers.Count == MostQuestionsAtOnce)
            {
                Answer();
            }

            writer.User(Acts.Request, choices.ServiceOf(slot), slot.Name);
            Requests.Add(slot.Name);
            pendingAnswers.Add(slot);
        }

        if (s + 1 == steps.Count || steps[s + 1].Kind != StepKind.Ask || task.Trouble is not null)
        {
            Answer();
        }
    }

    private void Answer()
    {
        if (pendingAnswers.Count > 0)
        {
            pauses.HoldOn(always: writer.QuestionsInARow > MostQuestionsInARow);
        }

        TellThese([.. told, .. pendingAnswers]);
        pendingAnswers.Clear();
    }

    private void Tell(int s)
    {
        pauses.HoldOn();
        TellThese([.. told, .. choices.Present(s).Select(pair => pair.Slot)]);
    }

    private void TellThese(IEnumerable<StepSlot> slots)
    {
        foreach (var slot in slots.ToList())
        {
            writer.System(Acts.Inform, choices.ServiceOf(slot), slot.Name, world.ValueOf(choices.ServiceOf(slot), slot.Name).Value);
            world.State(choices.ServiceOf(slot), slot.Name);
            told.Remove(slot);
        }
    }

    private void Confirm(int s)
    {
        var slots = choices.Present(s).Select(pair => pair.Slot).Where(slot => given.Contains(slot.Name)).ToList();
        if (slots.Count == 0 || !choices.Has(new Expansion.ReadBack(index, s)))
        {
            return;
        }

        if (choices.CorrectedSlot() is { } wrong && slots.Exists(slot => slot.Name == wrong))
        {
            ReadBack(slots, slot => choices.GivenValue(slot).Value);
            writer.User(Acts.Negate, service);
            writer.User(Acts.Inform, service, wrong, world.ValueOf(service, wrong).Value);
            writer.Note("the user corrects what they said before");
        }

        ReadBack(slots, slot => world.ValueOf(choices.ServiceOf(slot), slot.Name).Value);
        writer.User(Acts.Affirm, service);
    }

    private void ReadBack(IEnumerable<StepSlot> slots, Func<StepSlot, string> valueOf)
    {
        foreach (var slot in slots)
        {
            writer.System(Acts.Confirm, choices.ServiceOf(slot), slot.Name, valueOf(slot));
        }
    }

    private void Do(int s)
    {
        if (task.Trouble is null && choices.Has(new Expansion.Setback(index))
            && task.Grammar.Troubles.FirstOrDefault(trouble => trouble.Recover is { } slot && steps[s].Strikes(trouble.At) && given.Contains(slot) && choices.CanRecover(slot)) is { } trouble)
        {
            writer.System(Acts.NotifyFailure, service);
            writer.Note(trouble.About);
            world.Settle(service, trouble.Recover!, world.ValueOf(service, trouble.Recover!, variant: 2).Value);
            writer.User(Acts.Inform, service, trouble.Recover, world.ValueOf(service, trouble.Recover!).Value);
            writer.Note("the user settles for another value");
        }

        pauses.HoldOn();
        TellThese(told);
        if (writer.LastSystemTurnHas(Acts.Inform) && choices.Has(new Expansion.Consent(index)))
        {
            writer.Note(OutlineNotes.AsksToGoAhead);
            writer.User(Acts.Affirm, service);
        }

        writer.System(Acts.NotifySuccess, service);
        TellThese(choices.Present(s).Select(pair => pair.Slot));
        writer.Settled = true;
    }

    /// <summary>What a place has to offer is only asked once it is known which one.</summary>
    private void AskOnTheSide(bool entityKnown = true)
    {
        if (sideQuestionsAsked)
        {
            return;
        }

        sideQuestionsAsked = true;
        foreach (var slot in task.SideSlots.Where((slot, n) => choices.Has(new Expansion.SideQuestion(index, n)) && (entityKnown || !OfEntity(slot))))
        {
            writer.User(Acts.Request, slot.Service, slot.Slot);
            if (writer.QuestionsInARow > MostQuestionsInARow)
            {
                pauses.HoldOn(always: true);
            }

            writer.System(Acts.Inform, slot.Service, slot.Slot, world.ValueOf(slot.Service, slot.Slot).Value);
            Requests.Add(slot.Slot);
        }
    }

    private bool OfEntity(SideSlot slot) => slot.Service == service && task.Schema.Entity is { } entity && entity.Slots.Contains(slot.Slot);

    private void WriteTrouble(Step step, Trouble trouble)
    {
        AskOnTheSide(task.Schema.Entity is not { } entity || given.Contains(entity.Key));
        if (step.Kind == StepKind.Ask)
        {
            foreach (var slot in step.Slots.Where(slot => !slot.Optional))
            {
                writer.User(Acts.Request, choices.ServiceOf(slot), slot.Name);
                Requests.Add(slot.Name);
            }
        }

        new TroubleLayout(index, task, trouble, writer, choices, () => pauses.HoldOn()).Write();
    }
}
