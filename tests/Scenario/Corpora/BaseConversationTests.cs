using DialogueMesh.Contracts;
using DialogueMesh.Scenario.Corpora;
using Xunit;

namespace DialogueMesh.Tests.Scenario.Corpora;

public sealed class BaseConversationTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void At_ADialogue_GivesALineATurnWithSingleSpaces()
    {
        folder.Write("dialogues.json", Fixtures.MultiWoz);

        var conversation = BaseConversation.At(Load(), 0);

        Assert.Equal("MUL0001.json", conversation.DialogueId);
        Assert.Equal("User: A Crêperie 🥞 in the centre, please.\nAssistant: Shall I book \"Chez Loup\"?", conversation.Text);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(24)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void At_AnIndexOutOfBounds_SaysHowManyThereAre(int index)
    {
        for (var i = 0; i < 24; i++)
        {
            folder.Write($"dialogues_{i:00}.json", SeedCorporaTests.Dialogue($"{i}"));
        }

        var fault = Assert.Throws<InputException>(() => BaseConversation.At(Load(), index));

        Assert.Equal($"Index {index} is out of bounds for the dataset (24 dialogues)", fault.Message);
    }

    private SeedCorpus Load() => SeedCorpora.Load(folder.Path, CancellationToken.None);
}
