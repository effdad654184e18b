using System.Text;
using System.Text.Json.Nodes;
using DialogueMesh.Contracts;
using DialogueMesh.Scenario.Corpora;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace DialogueMesh.Tests.Scenario.Corpora;

public sealed class CorpusFaultTests : IDisposable
{
    private static readonly (string File, string Json)[] Sources =
    [
        ("dialogues.json", Fixtures.MultiWoz),
        ("dialogues.json", Fixtures.HuggingFace.Split('\n')[0]),
        ("dialogues.json", Fixtures.Sgd),
        ("dialog_acts.json", Fixtures.DialogActs),
    ];

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Load_MissingDirectory_SaysSo() =>
        AssertFault("no-such-folder does not exist", Path.Combine(folder.Path, "no-such-folder"));

    [Fact]
    public void Load_EmptyDirectory_SaysWhatItShouldHold() => AssertFault("has no dialogue files");

    [Fact]
    public void Load_OnlyOtherFiles_HasNoDialogueFiles()
    {
        folder.Write("schema.json", "[]");
        folder.Write("README.md", "# corpus");

        AssertFault("has no dialogue files");
    }

    [Fact]
    public void Load_OnlyDialoguesWithoutTurns_SaysSo()
    {
        folder.Write("dialogues.json", """[{"dialogue_id": "a", "turns": []}, {"dialogue_id": "b"}]""");

        AssertFault("no dialogue with turns");
    }

    [Theory]
    [InlineData("[\n  {\"dialogue_id\": \"é🥞\" oops}]", "dialogues.json, line 2, column 24: broken JSON")]
    [InlineData("\uFEFF{\"é\": tru}", "dialogues.json, line 1, column 10: broken JSON")]
    [InlineData("[{\"dialogue_id\": \"a\"}", "dialogues.json, line 1, column 22: broken JSON")]
    [InlineData("  \n\n", "dialogues.json is empty")]
    [InlineData("", "dialogues.json is empty")]
    [InlineData("[{\"dialogue_id\": \"\\ud800\"}]", "dialogues.json, line 1: the record that starts here has half of a surrogate pair")]
    public void Load_BrokenJson_SaysFileLineAndColumn(string json, string expected)
    {
        folder.Write("dialogues.json", json);

        AssertFault(expected);
    }

    [Theory]
    [InlineData("[7]", "dialogue 0: 'dialogue' should be an object with 'turns', but is a number")]
    [InlineData("[[]]", "dialogue 0: 'dialogue' should be an object with 'turns', but is a list")]
    [InlineData("[{\"turns\": 3}]", "dialogue 0: 'turns' should be a list, but is a number")]
    [InlineData("[{\"turns\": [{\"utterance\": \"hi\", \"speaker\": \"NARRATOR\"}]}]", "dialogue 0, turn 0: 'speaker' should be USER or SYSTEM")]
    [InlineData("[{},\n{\"turns\": [{\"utterance\": \"hi\"}]}]", "line 2: dialogue 1, turn 0: 'speaker' should be USER or SYSTEM (0 or 1 in exports of Hugging Face), but is missing")]
    [InlineData("[{\"turns\": [{\"utterance\": \"hi\", \"speaker\": \"USER\", \"frames\": [{\"slots\": [{\"start\": \"0\"}]}]}]}]", "turn 0: 'start' should be a number, but is a text")]
    [InlineData("[{\"turns\": [{\"utterance\": {}}]}]", "turn 0: 'utterance' should be a text, but is an object")]
    public void Load_WrongShape_SaysDialogueTurnAndField(string json, string expected)
    {
        folder.Write("dialogues.json", json);

        AssertFault(expected);
    }

    [Fact]
    public void Load_BrokenDialogActs_NamesThatFile()
    {
        folder.Write("dialogues.json", Fixtures.MultiWoz);
        folder.Write("dialog_acts.json", """{"MUL0001.json": {"0": {"dialog_act": {"Restaurant-Inform": [3]}}}}""");

        AssertFault("dialog_acts.json, line 1: 'Restaurant-Inform' should be a list, but is a number");
    }

    [Fact]
    public void Load_NotUtf8_SaysSo()
    {
        folder.Write("dialogues.json", [.. "[{\"dialogue_id\": \""u8, 0xE9, .. "\"}]"u8]);

        AssertFault("dialogues.json, line 1: the record that starts here is not UTF-8");
    }

    [Fact]
    public void Load_MissingFields_ReadsWhatIsThere()
    {
        folder.Write("dialogues.json", """[{"turns": [{"speaker": "USER", "utterance": "hi"}, {"speaker": "SYSTEM", "utterance": " ", "frames": null}]}]""");

        var corpus = SeedCorpora.Load(folder.Path, CancellationToken.None);

        Assert.Equal("dialogues.json#0", Assert.Single(corpus.Dialogues).Id);
        Assert.Equal("hi", Assert.Single(corpus.Dialogues[0].Turns).Utterance);
        Assert.Equal(1, corpus.Skipped[SkipReasons.TurnWithoutUtterance]);
    }

    [Fact]
    public void Load_AnyBytesInserted_ReadsThemOrFaultsAsInput()
    {
        var mutants =
            from fixture in Gen.Elements(Sources)
            from at in Gen.Choose(0, fixture.Json.Length)
            from insert in Gen.OneOf(ArbMap.Default.GeneratorFor<byte[]>(), Gen.Elements("\"", "}", "\\", "\\ud83e", "1e999", "\n").Select(Encoding.UTF8.GetBytes))
            let bytes = Encoding.UTF8.GetBytes(fixture.Json)
            select (fixture.File, Bytes: (byte[])[.. bytes.Take(at), .. insert, .. bytes.Skip(at)]);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(mutants.ToArbitrary(), m => Attempt(m.File, m.Bytes)));
    }

    [Fact]
    public void Load_AnyValueReplaced_ReadsItOrFaultsAsInput()
    {
        var mutants =
            from fixture in Gen.Elements(Sources)
            from at in Gen.Choose(0, 200)
            from value in Gen.Elements("null", "true", "-1", "99", "1e999", "2.5", "\"\"", "\"x\"", "[]", "{}", "[[]]", "[null]", "[{}]", "{\"a\": [1]}", "[\"\", 7]")
            select (fixture.File, Bytes: Encoding.UTF8.GetBytes(ReplaceValue(fixture.Json, at, value)));

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(mutants.ToArbitrary(), m => Attempt(m.File, m.Bytes)));
    }

    /// <summary>Puts <paramref name="value"/> in the place of the value with that number, in the order of the text.</summary>
    private static string ReplaceValue(string json, int number, string value)
    {
        var root = JsonNode.Parse(json)!;
        var values = new List<JsonNode>();
        Collect(root, values);
        var target = values[number % values.Count];
        var put = JsonNode.Parse(value);
        switch (target.Parent)
        {
            case JsonObject parent:
                parent[target.GetPropertyName()] = put;
                break;
            case JsonArray parent:
                parent[target.GetElementIndex()] = put;
                break;
            default:
                return value;
        }

        return root.ToJsonString();
    }

    private static void Collect(JsonNode node, List<JsonNode> values)
    {
        values.Add(node);
        IEnumerable<JsonNode?> children = node switch
        {
            JsonObject parent => parent.Select(m => m.Value),
            JsonArray parent => parent,
            _ => [],
        };
        foreach (var child in children.OfType<JsonNode>())
        {
            Collect(child, values);
        }
    }

    private void Attempt(string file, byte[] bytes)
    {
        folder.Write("dialogues.json", Fixtures.MultiWoz);
        folder.Write("dialog_acts.json", Fixtures.DialogActs);
        folder.Write(file, bytes);
        try
        {
            var corpus = SeedCorpora.Load(folder.Path, CancellationToken.None);
            Assert.All(corpus.Dialogues, d => Assert.NotEmpty(BaseConversation.Of(d)));
            ActStatistics.Learn(corpus);
        }
        catch (InputException fault)
        {
            Assert.DoesNotContain('\n', fault.Message);
        }
    }

    private void AssertFault(string expected, string? path = null)
    {
        var fault = Assert.Throws<InputException>(() => SeedCorpora.Load(path ?? folder.Path, CancellationToken.None));

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }
}
