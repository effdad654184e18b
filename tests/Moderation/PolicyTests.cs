using DialogueMesh.Contracts.Messages;
using DialogueMesh.Moderation.Policies;
using Xunit;

namespace DialogueMesh.Tests.Moderation;

public sealed class PolicyTests
{
    [Fact]
    public void FirstBreach_OrdinaryDialogue_FindsNone()
    {
        var dialogue = Dialogues.Of(
            ("Hi! I need a room in Paris for 2 nights (from Friday, if possible) :)", "Of course. The Hôtel Étoile has one at €120 <3 km from the centre."),
            ("Yes, please.", "Done! Your reference is XK4Z9Q [1]."),
            ("Yes, please.", "Anything else I can do for you?"),
            ("👍", "Have a great day!"));

        Assert.Null(StructurePolicies.FirstBreach(dialogue));
    }

    [Fact]
    public void TurnOrder_NumbersAndCount_MustBeRight()
    {
        var dialogue = Dialogues.Of(("Hello there, I need a taxi.", "Where to?"), ("To the station.", "It is on its way."));

        Assert.Null(new TurnOrder().Check(dialogue));
        Assert.Equal("num_lines is 3 with 2 turns", new TurnOrder().Check(dialogue with { NumLines = 3 })!.Detail);
        Assert.Equal("turn 1 is numbered 2", new TurnOrder().Check(dialogue with { Turns = [.. dialogue.Turns.Reverse()] })!.Detail);
        Assert.Equal("no turns", new TurnOrder().Check(dialogue with { Turns = [], NumLines = 0 })!.Detail);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(" \n\t ", true)]
    [InlineData("...", true)]
    [InlineData("\u200B", true)]
    [InlineData("👍", false)]
    [InlineData("5", false)]
    [InlineData("да", false)]
    public void NoEmptyTurn_Text_IsEmptyWithoutAnythingSaid(string text, bool empty)
    {
        var breach = new NoEmptyTurn().Check(Dialogues.Of(("Is breakfast included?", text)));

        Assert.Equal(empty ? new Breach(RejectionReason.EmptyTurn, "turn 1, assistant") : null, breach);
    }

    [Theory]
    [InlineData("I need a taxi to the station", "I need a TAXI,  to the station!", true)]
    [InlineData("I don't need a taxi", "I don’t need a taxi.", true)]
    [InlineData("I need a taxi to the station", "I need a train to the station", false)]
    [InlineData("Yes, please.", "Yes, please.", false)]
    [InlineData("Thank you so", "thank you, so", false)]
    [InlineData("我想订一间房 两个 晚上 谢谢", "我想订一间房，两个 晚上 谢谢", true)]
    public void NoRepeatedTurn_SameSpeaker_MayRepeatOnlyShortOnes(string first, string second, bool repeated)
    {
        var breach = new NoRepeatedTurn().Check(Dialogues.Of((first, "Where are you now?"), (second, "It is on its way.")));

        Assert.Equal(repeated ? new Breach(RejectionReason.RepeatedTurn, "turn 2, user repeats turn 1, user") : null, breach);
    }

    [Fact]
    public void NoRepeatedTurn_Echo_IsFoundBetweenSpeakers()
    {
        var policy = new NoRepeatedTurn();

        Assert.Equal(
            "turn 1, assistant echoes what was just said",
            policy.Check(Dialogues.Of(("I need a taxi now", "I need a taxi now.")))!.Detail);
        Assert.Equal(
            "turn 2, user echoes what was just said",
            policy.Check(Dialogues.Of(("Hello", "Where do you want to go?"), ("Where do you want to go?", "Home.")))!.Detail);
        Assert.Null(policy.Check(Dialogues.Of(("Goodbye!", "Goodbye!"))));

        // Not just said, and by the other side: a confirmation in the other's words.
        Assert.Null(policy.Check(Dialogues.Of(("A table for two people", "When?"), ("At seven", "A table for two people"))));
    }

    [Theory]
    [InlineData("My name is {name}.", "{name}")]
    [InlineData("It is {{hotel_name}}.", "{hotel_name}")]
    [InlineData("My name is [name].", "[name]")]
    [InlineData("Call me at [Your Phone Number].", "[Your Phone Number]")]
    [InlineData("It is [insert address here].", "[insert address here]")]
    [InlineData("A table at [restaurant_name], please.", "[restaurant_name]")]
    [InlineData("On [DATE] then.", "[DATE]")]
    [InlineData("I leave from <departure>.", "<departure>")]
    [InlineData("My number is 555-XXX-1234.", "XXX")]
    [InlineData("At XX:XX o'clock.", "XX:XX")]
    [InlineData("My name is ____.", "____")]
    public void NoPlaceholder_Gap_IsFound(string text, string found)
    {
        Assert.Equal(
            new Breach(RejectionReason.Placeholder, $"turn 1, user: \"{found}\""),
            new NoPlaceholder().Check(Dialogues.UserSays(text)));
    }

    [Theory]
    [InlineData("See you (if I make it) :-] or <3")]
    [InlineData("thanks xxx")]
    [InlineData("A T-shirt in XXL or XXXL")]
    [InlineData("[laughs] No way [1]")]
    [InlineData("Is 5 < 6 and 7 > 6?")]
    [InlineData("My code is XKCD_42")]
    public void NoPlaceholder_OrdinaryText_IsLetPass(string text)
    {
        Assert.Null(new NoPlaceholder().Check(Dialogues.UserSays(text)));
    }

    [Theory]
    [InlineData("As an AI language model, I cannot travel.")]
    [InlineData("As an AI, I have no body.")]
    [InlineData("I'm just an AI, so I can't eat.")]
    [InlineData("I am a large language model.")]
    [InlineData("I'm sorry, but I can't assist with that.")]
    [InlineData("I cannot fulfill this request.")]
    [InlineData("I can't generate that dialogue.")]
    [InlineData("My system prompt says so.")]
    [InlineData("According to the outline, I should thank you.")]
    [InlineData("Now comes NOTIFY_FAILURE.")]
    [InlineData("```json")]
    [InlineData("\"utterance\": \"Hello\"")]
    [InlineData("User: I need a room.")]
    [InlineData("Hello\\nI need a room.")]
    [InlineData("Bye<|im_end|>")]
    public void NoModelLeakage_ModelSpeaks_IsFound(string text)
    {
        Assert.Equal(RejectionReason.ModelLeakage, new NoModelLeakage().Check(Dialogues.UserSays(text))?.Reason);
    }

    [Theory]
    [InlineData("I'm your virtual assistant; how can I help?")]
    [InlineData("As an AI assistant of the hotel I can book that.")]
    [InlineData("Could you outline the options for me?")]
    [InlineData("I'm sorry, but I cannot fulfil your request for a late checkout as we are full.")]
    [InlineData("I can't create a booking without a card.")]
    [InlineData("Thank you for the prompt reply; I followed your instructions.")]
    [InlineData("The system: is it down? The user area is.")]
    [InlineData("She said: \"Hello\", then left #1 and #2.")]
    [InlineData("I work as an aide in Paris.")]
    [InlineData("I want to fly with Emirates, as per the schedule.")]
    public void NoModelLeakage_OrdinaryText_IsLetPass(string text)
    {
        Assert.Null(new NoModelLeakage().Check(Dialogues.UserSays(text)));
    }

    [Fact]
    public void NoPlaceholder_Scenario_IsReadToo()
    {
        var dialogue = Dialogues.UserSays("Hello.") with { GeneratedScenario = "[Insert name] needs a room." };

        Assert.Equal("scenario: \"[Insert name]\"", StructurePolicies.FirstBreach(dialogue)!.Detail);
    }

    [Fact]
    public void All_Policies_HaveNamesOfTheirOwn() =>
        Assert.Equal(StructurePolicies.All.Count, StructurePolicies.All.Select(policy => policy.Name).Distinct().Count());
}
