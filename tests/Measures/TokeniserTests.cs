using DialogueMesh.Measures.Words;
using Xunit;

namespace DialogueMesh.Tests.Measures;

public sealed class TokeniserTests
{
    [Theory]
    [InlineData("Don’t book it, please!", "don't book it , please !")]
    [InlineData("A two-star hotel at 4:30pm for $1,200.50.", "a two-star hotel at 4:30pm for $ 1,200.50 .")]
    [InlineData("Yes...no", "yes . . . no")]
    [InlineData("Größe über 八 🥞", "größe über 八 🥞")]
    [InlineData("'quoted' - \t\n", "' quoted ' -")]
    [InlineData(" ", "")]
    public void Split_Text_GivesWordsAndMarks(string text, string expected)
    {
        var vocabulary = new Vocabulary();

        Assert.Equal(expected, string.Join(' ', Tokeniser.Split(text, vocabulary).Select(id => vocabulary[id])));
    }

    [Fact]
    public void Split_SameWordInOtherCase_HasTheSameNumber()
    {
        var vocabulary = new Vocabulary();

        Assert.Equal([0, 1, 0], Tokeniser.Split("Taxi, TAXI", vocabulary));
        Assert.Equal([1, 2], Tokeniser.Split(", bus", vocabulary));
    }
}
