using DialogueMesh.Simulator.Voice.Phrases;
using Xunit;

namespace DialogueMesh.Tests.Simulator.Voice;

public sealed class TemplateTests
{
    [Theory]
    [InlineData("We'd come on {v}", true)]
    [InlineData("Could you find us a table?", true)]
    [InlineData("{v} would suit me", false)]
    [InlineData("I use the bus; were there seats?", false)]
    public void Plural_WordsForSeveral_AreNoticed(string phrase, bool plural) => Assert.Equal(plural, Template.Of(phrase).Plural);
}
