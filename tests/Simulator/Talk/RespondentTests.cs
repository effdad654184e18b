using DialogueMesh.Simulator;
using DialogueMesh.Simulator.Talk;
using DialogueMesh.Tests.Scenario;
using Xunit;
using Speaker = DialogueMesh.Simulator.Voice.Speaker;

namespace DialogueMesh.Tests.Simulator.Talk;

public sealed class RespondentTests
{
    private static readonly Respondent Respondent = new(new Speaker(TestCells.Catalog));

    [Theory]
    [InlineData("Hello!", "Hello! What can I do for you?")]
    [InlineData("Good morning", "Hello! What can I do for you?")]
    [InlineData("thank you very much", "You're welcome.")]
    [InlineData("Goodbye", "Goodbye, and take care.")]
    [InlineData("Say this is a test", "this is a test")]
    [InlineData("Please reply with exactly: \"pong\"", "pong")]
    [InlineData("Why is\n the sky blue?", "You ask: “Why is the sky blue?”")]
    [InlineData("Write a poem.", "Understood: “Write a poem.”")]
    public void Reply_PlainChat_FitsTheMessage(string message, string expected) =>
        Assert.StartsWith(expected, Respondent.Reply(Prompt(message)), StringComparison.Ordinal);

    [Fact]
    public void Reply_LongMessage_IsQuotedInPart() =>
        Assert.Contains("word…”", Respondent.Reply(Prompt(string.Concat(Enumerable.Repeat("word ", 2000)))), StringComparison.Ordinal);

    [Fact]
    public void Reply_JsonAskedFor_IsJson()
    {
        Assert.Equal("""{"answer":"Hello! What can I do for you?"}""", Respondent.Reply(Prompt("Hi") with { Json = true }));
        Assert.Equal("""{"dialogue":"dialogue"}""", Respondent.Reply(Prompt("Hi", "dialogue") with
        {
            Schema = """{"type":"object","properties":{"dialogue":{"type":"string"}},"required":["dialogue"]}""",
        }));
    }

    private static ChatPrompt Prompt(string user, string? schemaName = null) => new("m", "", user, schemaName, 1, 1, new string('0', 64));
}
