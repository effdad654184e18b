using DialogueMesh.Simulator.Voice.Phrases;
using Xunit;

namespace DialogueMesh.Tests.Simulator.Voice;

public sealed class SentencesTests
{
    [Theory]
    [InlineData("That's 2 guests. Shall I book it?", true)]
    [InlineData("Thursday at 14:00: shall I rebook?", true)]
    [InlineData("Shall I give up HAR3282 for good, then?", true)]
    [InlineData("Shall I look? Monday at 9, is that right?", false)]
    [InlineData("I'd move your table to 12:45. All right?", false)]
    [InlineData("", false)]
    public void OffersToAct_LastSentence_IsWhatCounts(string text, bool offers) => Assert.Equal(offers, Sentences.OffersToAct(text));

    [Theory]
    [InlineData("What does it cost?", "And what does it cost?")]
    [InlineData("Is there wifi?", "And is there wifi?")]
    [InlineData("We're driving, so what about parking?", null)]
    [InlineData("Tell me the fare.", null)]
    public void TiesOn_FurtherQuestion_FollowsTheFirst(string question, string? tied) => Assert.Equal(tied, Sentences.TiesOn(question));

    [Fact]
    public void Join_AfterComma_RunsOnInLowerCase() =>
        Assert.Equal("While I have you, a taxi from Putuo, please.", Sentences.Join(["While I have you,", "A taxi from Putuo, please."]));
}
