using DialogueMesh.Generation.Answers;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace DialogueMesh.Tests.Generation.Answers;

public sealed class AnswerParserTests
{
    private const string Good = """{"scenario":"A scene.","exchanges":[{"user":"Hi.","assistant":"Yes?"},{"user":"A  room\nplease. ","assistant":" Done.\t"}]}""";
    private const string GoodRepair = """{"exchanges":[{"number":2,"user":"A\nroom.","assistant":"Done."}]}""";

    [Fact]
    public void Dialogue_OfTheSchema_IsReadWithoutItsLayout()
    {
        var (answer, problem) = AnswerParser.Dialogue(Good);

        Assert.Equal("", problem);
        Assert.Equal("A scene.", answer!.Scenario);
        Assert.Equal([("Hi.", "Yes?"), ("A room please.", "Done.")], answer.Exchanges.Select(said => (said.User, said.Assistant)));
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("I'd rather not.", "not JSON")]
    [InlineData("null", "null")]
    [InlineData("[]", "not JSON of the schema")]
    [InlineData("""{"exchanges":[{"user":"a","assistant":"b"}]}""", "scenario")]
    [InlineData("""{"scenario":"s"}""", "no exchange")]
    [InlineData("""{"scenario":"s","exchanges":[]}""", "no exchange")]
    [InlineData("""{"scenario":"s","exchanges":[null]}""", "lacks an utterance")]
    [InlineData("""{"scenario":"s","exchanges":[{"user":"a"}]}""", "lacks an utterance")]
    [InlineData("""{"scenario":"s","exchanges":[{"user":"a","assistant":7}]}""", "line 1, byte")]
    [InlineData("""{"scenario":"\ud800","exchanges":[{"user":"a","assistant":"b"}]}""", "not JSON")]
    public void Dialogue_NotOfTheSchema_SaysWhatIsWrong(string text, string problem)
    {
        var (answer, told) = AnswerParser.Dialogue(text);

        Assert.Null(answer);
        Assert.Contains(problem, told, StringComparison.Ordinal);
    }

    [Fact]
    public void Dialogue_HalfASurrogatePair_IsNotJson() =>
        Assert.Contains("not JSON", AnswerParser.Dialogue(Good.Replace('H', '\ud800')).Problem, StringComparison.Ordinal);

    [Fact]
    public void Apply_Repair_ChangesThatExchangeOnly()
    {
        var answer = AnswerParser.Dialogue(Good).Answer!;

        var mended = AnswerParser.Apply(answer, AnswerParser.Repair(GoodRepair)!);

        Assert.Equal([("Hi.", "Yes?"), ("A room.", "Done.")], mended.Exchanges.Select(said => (said.User, said.Assistant)));
        Assert.Equal("A scene.", mended.Scenario);
    }

    [Fact]
    public void Parse_AnyText_NeverThrows() =>
        Prop.ForAll(Any().ToArbitrary(), text =>
        {
            var (answer, problem) = AnswerParser.Dialogue(text);
            Assert.Equal(answer is null, problem.Length > 0);
            if (AnswerParser.Repair(text) is { } repair && AnswerParser.Dialogue(Good).Answer is { } good)
            {
                Assert.Equal(good.Exchanges.Count, AnswerParser.Apply(good, repair).Exchanges.Count);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    /// <summary>Any UTF-16, half pairs included, and good answers with a part cut out or another put in.</summary>
    private static Gen<string> Any()
    {
        var noise = Gen.ListOf(Gen.OneOf(
            Gen.Elements("{", "}", "[", "]", "\"", ":", ",", "null", "1", "\\u", "\\ud83d", "\ud83d", "user", "exchanges", "\"scenario\":"),
            Gen.Choose(0, 0xffff).Select(code => ((char)code).ToString()))).Select(string.Concat);
        var spoilt =
            from good in Gen.Elements(Good, GoodRepair)
            from at in Gen.Choose(0, good.Length)
            from length in Gen.Choose(0, 12)
            from put in noise
            from keep in Gen.Elements(true, false)
            select good[..at] + (keep ? put : "") + good[Math.Min(good.Length, at + length)..];
        return Gen.OneOf(noise, spoilt);
    }
}
