using DialogueMesh.Contracts.Blueprints;
using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Scenario.Ontology;
using DialogueMesh.Simulator.Voice.Phrases;

namespace DialogueMesh.Simulator.Voice;

/// <summary>Puts the assistant's acts of one response into words.</summary>
internal sealed class AssistantSpeech(Conversation conversation, SpokenExchange exchange, IReadOnlyList<PlannedAct> heard)
{
    private const double AcknowledgeChance = 0.32;
    private const double AcknowledgeFirst = 0.75;
    private const double SympathyChance = 0.6;
    private const double MannerFirst = 0.45;
    private const double MannerOverdue = 0.75;
    private const double MannerAgain = 0.12;

    private static readonly HashSet<string> Troubled = new(StringComparer.Ordinal)
    {
        "Frustrated", "Angry", "Worried", "Disappointed", "Anxious", "Desperate", "Overwhelmed", "Stressed",
    };

    private readonly List<string> pieces = [];
    private readonly IReadOnlyList<PlannedAct> acts = exchange.Assistant;

    public string Speak()
    {
        if (acts[0].Act is not (Acts.Goodbye or Acts.Acknowledge or Acts.NotifyFailure) && !heard.Any(act => act.Act == Acts.Acknowledge))
        {
            Acknowledge();
        }
        for (var i = 0; i < acts.Count;)
        {
            var run = acts.Skip(i).TakeWhile(act => act.Act == acts[i].Act && act.Service == acts[i].Service).ToList();
            if (i > 0 && acts[i - 1].Act == Acts.Inform && Bridge(run[0].Act, Answers(acts[i - 1])) is { } bridge)
            {
                pieces.Add(conversation.Say(bridge));
            }

            i += Speak(run, i);
        }

        if (pieces is [[.., ',' or ':'], var next, ..])
        {
            if (Sentences.CanRunOn(next))
            {
                pieces[1] = next.StartsWith("And ", StringComparison.Ordinal) ? next["And ".Length..] : next;
            }
            else
            {
                pieces.RemoveAt(0);
            }
        }

        if (exchange.AsksToGoAhead)
        {
            pieces.Add(conversation.Say("assistant.go_ahead"));
        }

        return Sentences.Join(pieces);
    }

    /// <summary>How to get from an answer back to the task, or from good news to bad.</summary>
    private static string? Bridge(string act, bool answered) => act switch
    {
        Acts.NotifyFailure => answered ? "assistant.back" : "assistant.though",
        Acts.Confirm when answered => "assistant.sum_up",
        _ => null,
    };

    private bool Answers(PlannedAct inform) => heard.Any(act => act.Act == Acts.Request && act.Slot == inform.Slot);

    private void Acknowledge()
    {
        if (conversation.MoodShown && Troubled.Contains(exchange.UserEmotion) && conversation.Random.Chance(SympathyChance))
        {
            pieces.Add(conversation.Say("assistant.sympathy"));
        }
        else if (Manner() is { } manner)
        {
            conversation.MannerKnown = true;
            pieces.Add(conversation.Say(manner));
        }
        else if (conversation.Random.Chance(Heard(Acts.InformIntent) ? AcknowledgeFirst : AcknowledgeChance) && Acknowledgement() is { } path)
        {
            pieces.Add(conversation.Say(path));
        }
    }

    /// <summary>Where the assistant's own emotion shows: on hearing what it is about, before a question or an answer; null for elsewhere.</summary>
    private string? Manner()
    {
        var place = Heard(Acts.InformIntent) ? "open" : acts[0].Act == Acts.Request ? "ask" : acts[0].Act == Acts.Inform && Answers(acts[0]) ? "news" : null;
        return place is not null && conversation.Random.Chance(conversation.MannerKnown ? MannerAgain : Heard(Acts.InformIntent) ? MannerFirst : MannerOverdue)
            ? $"assistant.manner.{exchange.AssistantEmotion}.{place}"
            : null;
    }

    private bool Heard(string act) => heard.Any(said => said.Act == act);

    /// <summary>What suits what was just heard; null where any would be in the way of another offer.</summary>
    private string? Acknowledgement() =>
        Heard(Acts.RequestAlternatives) ? acts[0].Act == Acts.Offer ? null : "assistant.ack_pressed"
        : Heard(Acts.Request) ? "assistant.ack_question"
        : Heard(Acts.InformIntent) ? "assistant.ack_intent"
        : Heard(Acts.Select) || Heard(Acts.Affirm) ? "assistant.ack_taken"
        : "assistant.ack";

    private int Speak(List<PlannedAct> run, int i)
    {
        if (run[0].Act is Acts.Request or Acts.Inform or Acts.Offer or Acts.Confirm or Acts.RequestMore
            && !heard.Any(act => act.Act == Acts.RequestAlternatives) && conversation.SayAsCorpus(user: false, run) is { } words)
        {
            pieces.Add(words);
            return run.Count;
        }

        switch (run[0].Act)
        {
            case Acts.Request: pieces.AddRange(run.Select(act => Fill(conversation.Slot(act).Phrases.Ask, act))); break;
            case Acts.Inform: Tell(run); break;
            case Acts.Offer: Offer(run); break;
            case Acts.Confirm: Confirm(run); break;
            case Acts.NotifySuccess: return 1 + Succeed(run[0], acts.Skip(i + 1).TakeWhile(act => act.Act == Acts.Inform).ToList());
            case Acts.NotifyFailure: Fail(run[0]); break;
            case Acts.Escalate: Escalate(run[0]); break;
            case Acts.RequestMore: pieces.Add(conversation.Say("assistant.more")); break;
            case Acts.Acknowledge: pieces.Add(conversation.Say(exchange.Holds ? "assistant.hold" : "assistant.wait")); break;
            case Acts.Goodbye: pieces.AddRange([conversation.Say($"assistant.parting.{conversation.Resolution}"), conversation.Say("assistant.bye")]); break;
            default: throw new InvalidOperationException($"an assistant does not say {run[0].Act}");
        }

        return run.Count;
    }

    /// <summary>Says slots by a phrase of the grammar's step where one fits, the rest by the slots' own phrases.</summary>
    private void Tell(List<PlannedAct> informs)
    {
        var unasked = informs.Where(act => !Answers(act)).ToList();
        var covered = unasked.Count > 0 ? SayStep(unasked) : [];
        pieces.AddRange(informs.Where(act => !covered.Contains(act.Slot!)).Select(Give));
    }

    /// <returns>The slots that the phrase covers.</returns>
    private IReadOnlyList<string> SayStep(List<PlannedAct> informs)
    {
        var grammar = conversation.Task(informs[0].Service).Grammar;
        foreach (var step in grammar.Steps.Where(step => step.Kind is StepKind.Tell or StepKind.Offer && step.Slots.Any(slot => informs.Exists(act => act.Slot == slot.Name))))
        {
            // What is told and not offered asks for no answer.
            var phrases = Phrases(grammar, step).Where(phrase => step.Kind == StepKind.Tell || !phrase.Contains('?')).ToList();
            if (SayPhrase(phrases, informs, needsOwn: true) is { } covered)
            {
                return covered;
            }
        }

        return [];
    }

    /// <summary>Says one of the phrases; null when none fits. With <paramref name="needsOwn"/> it must say at least one of the values.</summary>
    private IReadOnlyList<string>? SayPhrase(IReadOnlyList<string> phrases, List<PlannedAct> informs, bool needsOwn)
    {
        var now = Values(informs);
        var service = informs[0].Service;
        var fitting = needsOwn ? phrases.Where(phrase => Template.Of(phrase).Slots.Any(now.ContainsKey)).ToList() : phrases;
        if (conversation.Pick(fitting, service, now, saidToo: true) is not { } phrase)
        {
            return null;
        }

        pieces.Add(conversation.Render(phrase, service, now));
        return Template.Of(phrase).Slots;
    }

    private static Dictionary<string, string> Values(List<PlannedAct> acts)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var act in acts.Where(act => act is { Slot: not null, Value: not null }))
        {
            values[act.Slot!] = act.Value!;
        }

        return values;
    }

    private static IReadOnlyList<string> Phrases(GoalGrammar grammar, Step step) =>
        grammar.Say.GetValueOrDefault(step.Id) ?? grammar.Say.GetValueOrDefault(step.Kind.ToString().ToLowerInvariant()) ?? [];

    private void Offer(List<PlannedAct> offers)
    {
        var again = heard.Any(act => act.Act == Acts.RequestAlternatives);
        var grammar = conversation.Task(offers[0].Service).Grammar;
        var step = grammar.Steps.FirstOrDefault(step => step.Kind == StepKind.Offer);
        var key = offers[0].Slot!;
        var named = key == conversation.Task(offers[0].Service).Schema.Entity?.Key;
        var phrases = (again && named) || step is null ? [] : Phrases(grammar, step).Where(phrase => Template.Of(phrase).Slots.Contains(key)).ToList();
        if (again && phrases.Count > 0)
        {
            pieces.Add(conversation.Say("assistant.more_offers"));
        }

        var covered = phrases.Count > 0 ? SayPhrase(phrases, offers, needsOwn: true) : null;
        if (covered is null)
        {
            pieces.Add(conversation.Say(again ? "assistant.another" : "assistant.offer", offers[0].Value!));
            covered = [key];
        }

        AddBeforeQuestion([.. offers.Where(act => !covered.Contains(act.Slot!)).Select(Give)]);
    }

    /// <summary>"Casa Luz has rooms left. [A night costs €90.] Does that sound good?"</summary>
    private void AddBeforeQuestion(List<string> more)
    {
        var last = pieces[^1];
        // "St. Hikaru" is no end of a sentence.
        var marks = acts.Where(act => act.Value is not null).Aggregate(last, (text, act) => text.Replace(act.Value!, new string('v', act.Value!.Length), StringComparison.Ordinal));
        var cut = more.Count > 0 && last.EndsWith('?') ? marks.LastIndexOf(". ", StringComparison.Ordinal) : -1;
        if (cut < 0)
        {
            pieces.AddRange(more);
            return;
        }

        pieces[^1] = last[..(cut + 1)];
        pieces.AddRange([.. more, last[(cut + 2)..]]);
    }

    private void Confirm(List<PlannedAct> confirms)
    {
        var grammar = conversation.Task(confirms[0].Service).Grammar;
        var step = grammar.Steps.FirstOrDefault(step => step.Kind == StepKind.Confirm);
        var now = Values(confirms);
        var whole = step is null ? [] : Phrases(grammar, step)
            .Where(phrase => now.Keys.All(slot => Template.Of(phrase).Slots.Contains(slot))).ToList();
        if (whole.Count == 0 || SayPhrase(whole, confirms, needsOwn: true) is null)
        {
            var fragments = confirms.Select(act => Fill(conversation.Slot(act).Phrases.Fragment, act)).ToList();
            pieces.Add(conversation.Say("assistant.confirm", string.Join(", ", fragments)));
        }
    }

    private int Succeed(PlannedAct success, List<PlannedAct> informs)
    {
        var grammar = conversation.Task(success.Service).Grammar;
        var step = grammar.Steps.LastOrDefault(step => step.Kind == StepKind.Do);
        var own = informs.Count > 0 ? informs : [success];
        var covered = step is null ? null : SayPhrase(Phrases(grammar, step), own, needsOwn: false);
        if (covered is null)
        {
            pieces.Add(conversation.Say("assistant.success"));
        }

        pieces.AddRange(informs.Where(act => covered?.Contains(act.Slot!) != true).Select(Give));
        return informs.Count;
    }

    private void Fail(PlannedAct failure)
    {
        var trouble = Trouble(failure.Service);
        if (heard.Any(act => act.Act == Acts.RequestAlternatives) || exchange.StaysNo)
        {
            Say(trouble is null ? null : conversation.Unused(trouble.Failed), failure, "assistant.no_way");
            return;
        }

        Say(trouble?.Says, failure, "assistant.failure");
        if (exchange.FinalFailure && conversation.Resolution == Resolutions.Failed)
        {
            Say(trouble?.Failed, failure, "assistant.no_way");
        }
    }

    /// <summary>What went wrong: the one that the exchange's note tells of, else the one that the dialogue ends in.</summary>
    private Trouble? Trouble(string service)
    {
        var troubles = conversation.Task(service).Grammar.Troubles;
        return troubles.FirstOrDefault(trouble => exchange.Note.Contains(trouble.About, StringComparison.Ordinal))
            ?? troubles.FirstOrDefault(trouble => trouble.About == conversation.Obstacle);
    }

    private void Say(IReadOnlyList<string>? phrases, PlannedAct act, string otherwise)
    {
        // What was told a sentence ago counts as said.
        if (phrases is null || SayPhrase(phrases, [.. acts.Where(other => other.Service == act.Service)], needsOwn: false) is null)
        {
            pieces.Add(conversation.Say(otherwise));
        }
    }

    private void Escalate(PlannedAct act)
    {
        if (Trouble(act.Service) is { Escalated.Count: > 0 } trouble)
        {
            SayPhrase(trouble.Escalated, [.. acts.Where(other => other.Service == act.Service)], needsOwn: false);
        }

        // Who "they" are has to be said first.
        var at = pieces.FindLastIndex(piece => piece.StartsWith("They", StringComparison.Ordinal) || piece.StartsWith("Their", StringComparison.Ordinal));
        at = at >= 0 && at == pieces.Count - 1 ? at : pieces.Count;
        pieces.Insert(at, conversation.Say("assistant.escalate", act.Value!));
    }

    private string Give(PlannedAct act)
    {
        var give = conversation.Slot(act).Phrases.Give;
        return Fill(give.Count > 0 ? give : [$"The {conversation.Slot(act).Label} is {{v}}."], act);
    }

    private string Fill(IReadOnlyList<string> phrases, PlannedAct act) => SlotSpeech.Fill(conversation, phrases, act);
}
