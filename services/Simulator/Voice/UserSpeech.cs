using DialogueMesh.Contracts.Blueprints;
using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Scenario.Ontology;
using DialogueMesh.Simulator.Voice.Phrases;

namespace DialogueMesh.Simulator.Voice;

/// <summary>Puts the user's acts of one utterance into words.</summary>
internal sealed class UserSpeech(Conversation conversation, SpokenExchange exchange, IReadOnlyList<PlannedAct> heard, bool heardHold, bool first, string? remark)
{
    private const double MoodAtOpening = 0.9;
    private const double MoodBesideRemark = 0.2;
    private const double AngerBesideRemark = 0.7;
    private const double ReactionChance = 0.3;
    private const double TransitionChance = 0.3;
    private const double MoodOverdue = 0.5;
    private const double MoodLater = 0.02;
    private const double MoodWhenBrief = 0.08;
    private const double AngerWhenBrief = 0.25;
    private const double HeardChance = 0.3;
    private const double NoBridgeChance = 0.25;
    private const double WishInWords = 0.6;
    private const double SentenceAlone = 0.6;

    private readonly List<string> pieces = [];
    private readonly IReadOnlyList<PlannedAct> acts = exchange.User;

    public string Speak()
    {
        conversation.Feeling = exchange.UserEmotion;
        var text = InWords();
        conversation.Feeling = null;
        return text;
    }

    private string InWords()
    {
        var opening = acts.Any(act => act.Act == Acts.InformIntent);
        conversation.MoodShown = first && conversation.Random.Chance(
            remark is null ? MoodAtOpening : exchange.UserEmotion is "Angry" or "Frustrated" or "Desperate" or "Demanding" ? AngerBesideRemark : MoodBesideRemark);
        if (conversation.MoodShown)
        {
            conversation.MoodKnown = true;
            pieces.Add(conversation.Say($"user.moods.{exchange.UserEmotion}.open"));
        }

        // A farewell has its own place for it, and while waiting it follows the word of patience.
        if (remark is not null && acts[0].Act is not (Acts.ThankYou or Acts.Goodbye or Acts.Acknowledge))
        {
            pieces.Add(remark);
        }

        if (acts.All(act => act.Act == Acts.Request) && heard is [{ Act: Acts.Inform }, ..] && pieces.Count == 0 && conversation.Random.Chance(HeardChance))
        {
            pieces.Add(conversation.Say("user.heard"));
        }

        var done = 0;
        while (done < acts.Count)
        {
            done += SpeakFrom(done);
        }

        if (remark is not null && acts[0].Act == Acts.Acknowledge)
        {
            pieces.Insert(1, remark);
        }
        else if (!acts.Any(act => act.Act == Acts.Goodbye) && !opening && acts[0].Act != Acts.Acknowledge && pieces.Count < 3 && !pieces[^1].EndsWith('?')
            && conversation.Random.Chance(MoodNow()))
        {
            conversation.MoodKnown = true;
            pieces.Add(conversation.Say($"user.moods.{exchange.UserEmotion}.aside"));
        }

        return Sentences.Join(pieces);
    }

    private double MoodNow() =>
        !conversation.MoodKnown ? MoodOverdue
        : pieces is not [{ Length: < 24 }] ? MoodLater
        : exchange.UserEmotion == "Angry" ? AngerWhenBrief : MoodWhenBrief;

    /// <returns>How many acts, from <paramref name="i"/> on, are now said.</returns>
    private int SpeakFrom(int i)
    {
        var run = Run(i);
        if (acts[i].Act is Acts.Affirm or Acts.Select or Acts.Request or Acts.Inform && !heard.Any(act => act.Act == Acts.NotifyFailure)
            && (acts[i].Act != Acts.Select || TakingPhrases(acts[i]).Count == 0) && conversation.SayAsCorpus(user: true, run) is { } words)
        {
            pieces.Add(words);
            return run.Count;
        }

        switch (acts[i].Act)
        {
            case Acts.InformIntent: return 1 + Open(acts[i], i + 1 < acts.Count && acts[i + 1].Act == Acts.Inform ? Run(i + 1) : []);
            case Acts.Inform: Inform(run, i); break;
            case Acts.Request: Want(run); break;
            case Acts.Select: pieces.Add(Take(run[0])); break;
            case Acts.RequestAlternatives: AskForMore(run); break;
            case Acts.Affirm: pieces.Add(conversation.Say(conversation.OffersToAct || !heard.Any(act => act.Act == Acts.Confirm) ? "user.go_ahead" : "user.affirm")); break;
            case Acts.Negate: return 1 + Correct(Run(i + 1));
            case Acts.Acknowledge: pieces.Add(conversation.Say(heardHold ? "user.wait" : "user.acknowledge")); break;
            case Acts.ThankYou or Acts.Goodbye: pieces.AddRange(Farewell.Of(conversation, exchange, heard, remark)); return acts.Count - i;
            default: throw new InvalidOperationException($"a user does not say {acts[i].Act}");
        }

        return run.Count;
    }

    /// <summary>Takes what was offered, in the category's own words where it has some.</summary>
    private string Take(PlannedAct select)
    {
        var now = new Dictionary<string, string>(StringComparer.Ordinal) { [select.Slot!] = select.Value! };
        return conversation.Pick(TakingPhrases(select), select.Service, now, saidToo: false) is { } phrase
            ? conversation.Render(phrase, select.Service, now)
            : conversation.Say("user.select", Named(select));
    }

    private IReadOnlyList<string> TakingPhrases(PlannedAct select) => conversation.Task(select.Service).Grammar.Say.GetValueOrDefault("select") ?? [];

    private void AskForMore(List<PlannedAct> run)
    {
        if (heard.Any(act => act.Act == Acts.Offer))
        {
            pieces.Add(conversation.SayAsCorpus(user: true, run) ?? conversation.Say("user.alternatives"));
            return;
        }

        if (conversation.Random.Chance(ReactionChance))
        {
            pieces.Add(conversation.Say("user.objection"));
        }

        pieces.Add(conversation.Say("user.insist"));
    }

    /// <summary>The acts of the same kind from <paramref name="i"/> on.</summary>
    private List<PlannedAct> Run(int i) => [.. acts.Skip(i).TakeWhile(act => act.Act == acts[i].Act)];

    private int Open(PlannedAct intent, List<PlannedAct> informs)
    {
        var task = conversation.Task(intent.Service);
        if (conversation.Tasks.Count > 1 && Transition(task) is { } transition)
        {
            pieces.Add(transition);
        }

        var own = informs.Where(act => act.Service == intent.Service).ToDictionary(act => act.Slot!, act => act.Value!, StringComparer.Ordinal);
        if (conversation.SayAsCorpus(user: true, [intent, .. informs]) is { } words)
        {
            pieces.Add(words);
            return informs.Count;
        }

        var phrase = conversation.Pick(task.Grammar.Open, intent.Service, own, saidToo: false) ?? $"I want to {task.Grammar.Intent.Replace('_', ' ')}.";
        pieces.Add(conversation.Render(phrase, intent.Service, own));
        var covered = Template.Of(phrase).Slots;
        Detail([.. informs.Where(act => act.Service != intent.Service || !covered.Contains(act.Slot!))]);
        return informs.Count;
    }

    private string? Transition(SpokenTask task)
    {
        if (!first)
        {
            return conversation.Random.Chance(NoBridgeChance) ? null : conversation.SayOf(Conversation.Bridges(task), "");
        }

        // One thing before the matter itself is enough.
        return pieces.Count == 0 && conversation.Random.Chance(TransitionChance) ? conversation.Say(task.Main ? "user.main_first" : "user.first_of_several") : null;
    }

    private void Inform(List<PlannedAct> informs, int i)
    {
        if (i == 0 && heard.Any(act => act.Act == Acts.NotifyFailure))
        {
            pieces.Add(conversation.Say(StartsAsAdverb(informs[0].Value!) ? "user.settle_so" : "user.settle", informs[0].Value!));
            Detail([.. informs.Skip(1)]);
            return;
        }

        if (heard.Any(act => act.Act == Acts.Request && act.Slot == informs[0].Slot))
        {
            pieces.Add(Answer(informs[0], whole: false));
            Detail([.. informs.Skip(1)]);
            return;
        }

        Detail(informs);
    }

    /// <summary>"by post", "to a bank account": no thing that one could try.</summary>
    private static bool StartsAsAdverb(string value) => value.Split(' ', 2)[0] is "as" or "at" or "by" or "for" or "from" or "in" or "into" or "on" or "over" or "to" or "with";

    /// <summary>Slots that the user adds unasked: what exists already, then what is wished for, then what it comes to.</summary>
    private void Detail(List<PlannedAct> informs)
    {
        var choices = informs.Where(IsChoice).ToList();
        var known = informs.Where(act => !choices.Contains(act) && Identifies(act)).ToList();
        var named = known.Count == informs.Count ? [] : known.Where(act => act.Slot == "bookname").ToList();
        known = [.. known.Except(named)];
        var rest = informs.Except(choices).Except(known).ToList();
        if (known.Count > 0)
        {
            pieces.Add(Alone(known) ?? conversation.Say("user.detail", Fragments(known)));
        }

        rest = [.. rest.Except(named)];
        if (rest.Count > 0)
        {
            pieces.AddRange(Alone(rest) is { } sentence ? [sentence] : Listed(rest));
        }

        pieces.AddRange(named.Select(name => Answer(name, whole: true)));

        pieces.AddRange(choices.Select(choice => conversation.Say("user.choice", choice.Value!)));
    }

    /// <summary>A single slot, mostly, as a sentence of its own.</summary>
    private string? Alone(List<PlannedAct> informs) =>
        informs.Count == 1 && (Identifies(informs[0]) || conversation.Random.Chance(SentenceAlone)) ? Answer(informs[0], whole: true) : null;

    /// <summary>Facts first, then wishes in a sentence of their own: nobody travels "preferably for two".</summary>
    private IEnumerable<string> Listed(List<PlannedAct> informs)
    {
        var wishes = informs.Where(IsWish).ToList();
        var facts = informs.Except(wishes).ToList();
        return wishes.Count == 0 || !conversation.Random.Chance(WishInWords) ? [Fragments(informs)]
            : facts.Count == 0 ? [conversation.Say("user.wish", Fragments(wishes))]
            : [Fragments(facts), conversation.Say("user.wish", Fragments(wishes))];
    }

    private string Fragments(IEnumerable<PlannedAct> informs) =>
        string.Join(", ", informs.Select(act => Fill(conversation.Slot(act).Phrases.Fragment, act)));

    /// <summary>Whether the user might as well have it otherwise: what an offer depends on, not where they must go and with whom.</summary>
    private bool IsWish(PlannedAct act)
    {
        var task = conversation.Task(act.Service);
        return task.Grammar.Category == task.Schema.Companion && task.Grammar.Steps.Any(step => step.Kind == StepKind.Offer)
            && (task.Schema.Entity?.Slots.Contains(act.Slot!) == true || conversation.Slot(act).Values is ValueSource.Day or ValueSource.TimeOfDay);
    }

    /// <summary>Whether the value names something that exists already, rather than a wish.</summary>
    private bool Identifies(PlannedAct act) =>
        act.Slot is "ref" or "bookname" || conversation.Slot(act).Values is ValueSource.Code or ValueSource.BySubject
        || act.Slot == conversation.Task(act.Service).Schema.Entity?.Key;

    /// <summary>Whether the user names what the assistant would otherwise have offered.</summary>
    private bool IsChoice(PlannedAct act)
    {
        var task = conversation.Task(act.Service);
        return act.Slot == task.Schema.Entity?.Key
            && task.Grammar.Steps.Any(step => step.Kind == StepKind.Offer && step.Slots.Any(slot => slot.Name == act.Slot));
    }

    private int Correct(List<PlannedAct> informs)
    {
        pieces.Add(Sentences.Capitals(conversation.Say("user.correct", Sentences.LowerFirstWord(Answer(informs[0], whole: true)))));
        return informs.Count;
    }

    private string Answer(PlannedAct act, bool whole)
    {
        var answers = conversation.Slot(act).Phrases.Answer;
        // A bare value is no sentence of its own where nothing was asked.
        var sentences = answers.Where(phrase => !phrase.StartsWith("{v}", StringComparison.Ordinal) && !phrase.StartsWith("{v|", StringComparison.Ordinal)).ToList();
        return whole && sentences.Count == 0
            ? Fill(conversation.Slot(act).Phrases.Fragment, act)
            : Fill(whole ? sentences : answers, act);
    }

    /// <summary>A further question is tied to the one before it.</summary>
    private void Want(List<PlannedAct> run)
    {
        foreach (var act in run)
        {
            var question = Want(act);
            pieces.Add(act != run[0] && Sentences.TiesOn(question) is { } tied ? tied : question);
        }
    }

    private string Want(PlannedAct act)
    {
        var want = conversation.Slot(act).Phrases.Want;
        return want.Count > 0 ? Fill(want, act) : $"What is the {conversation.Slot(act).Label}?";
    }

    private string Named(PlannedAct act) => act.Slot == conversation.Task(act.Service).Schema.Entity?.Key ? act.Value! : "";

    private string Fill(IReadOnlyList<string> phrases, PlannedAct act) => SlotSpeech.Fill(conversation, phrases, act);
}
