using DialogueMesh.Generation.Alignment;
using DialogueMesh.Generation.Prompts;
using DialogueMesh.Generation.Writing;
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

    /// <summary>More is missing than a repair would mend, so it is asked for again; and a parser has no complaint.</summary>
    [Fact]
    public void Reply_VagueOutline_LacksNearlyAllItsValues()
    {
        foreach (var message in TestCells.Of(35, 60).Select(cell => TestCells.Blueprint(cell, 35)))
        {
            var request = OutlinePrompt.Of(message);
            var draft = Draft.Outline(Respondent.Reply(Prompt(request.User, request.SchemaName) with { Vague = true }), message.Blueprint.Outline);

            if (message.Blueprint.Outline.Any(exchange => exchange.User.Concat(exchange.Assistant).Any(act => act.Value is not null)))
            {
                Assert.IsType<AnnotationOutcome.Misaligned>(Assert.IsType<Draft.Complete>(draft).Annotation);
                Assert.True(draft.Useless(message.Blueprint.Outline), $"{message.Blueprint.Cell.Category} {message.Ordinal}");
            }
        }
    }

    [Fact]
    public void Reply_VagueOther_LeavesTheTextsEmpty()
    {
        var schema = """{"type":"object","properties":{"a":{"type":"string"},"n":{"type":"integer"}},"required":["a","n"]}""";

        Assert.Equal("""{"a":"","n":0}""", Respondent.Reply(Prompt("Hi", "x") with { Schema = schema, Vague = true }));
        Assert.Equal("", Respondent.Reply(Prompt("Hi") with { Vague = true }));
    }

    private static ChatPrompt Prompt(string user, string? schemaName = null) => new("m", "", user, schemaName, 1, 1, new string('0', 64));
}
