using DialogueMesh.Embedding.Onnx;
using DialogueMesh.Embedding.WordPieces;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace DialogueMesh.Tests.Embedding;

public sealed class WordPieceTokenizerTests : IDisposable
{
    private readonly TinyModel model = new();

    [Fact]
    public void Encode_Uncased_GivesTheReferencesIds()
    {
        var tokenizer = TokenizerFiles.Read(model.Folder);
        Assert.All(TinyModel.Golden, golden => Assert.Equal(golden.Uncased, tokenizer.Encode(golden.Text)));
    }

    [Fact]
    public void Encode_Cased_GivesTheReferencesIds()
    {
        model.Write("tokenizer_config.json", """{"do_lower_case": false}""");
        var tokenizer = TokenizerFiles.Read(model.Folder);
        Assert.All(TinyModel.Golden, golden => Assert.Equal(golden.Cased, tokenizer.Encode(golden.Text)));
    }

    [Theory]
    [InlineData("""{"type": "BertProcessing", "cls": ["[CLS]", 2], "sep": ["[SEP]", 3]}""")]
    [InlineData("""{"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "[SEP]", "type_id": 0}}]}""")]
    public void Encode_FromTokenizerJson_GivesTheSame(string postProcessor)
    {
        model.UseTokenizerJson(postProcessor: postProcessor);
        var tokenizer = TokenizerFiles.Read(model.Folder);
        Assert.All(TinyModel.Golden, golden => Assert.Equal(golden.Uncased, tokenizer.Encode(golden.Text)));
        Assert.Equal([2], tokenizer.Prefix);
        Assert.Equal([3], tokenizer.Suffix);
    }

    [Theory]
    [InlineData("fun", "unk")]
    [InlineData("unwantedly", "un ##wantedly")]
    [InlineData("unwantedlyz", "unk")]
    [InlineData("[SEP]un", "[SEP] un")]
    [InlineData("[sep]", "[ unk ]")]
    public void Encode_Word_TakesTheLongestPieceFromTheLeft(string text, string expected)
    {
        string[] pieces = ["unk", "un", "##want", "##wanted", "##wantedly", "##ly", "[SEP]", "[", "]"];
        var ids = pieces.Select((piece, id) => (piece, id)).ToDictionary(pair => pair.piece, pair => pair.id);
        var tokenizer = new WordPieceTokenizer(new Vocabulary(ids), new TokenizerSettings
        {
            Rules = new WordRules(),
            Unknown = 0,
            Padding = 0,
            Prefix = [],
            Suffix = [],
            Markers = new Dictionary<string, int> { ["[SEP]"] = 6 },
        });
        Assert.Equal(expected, string.Join(' ', tokenizer.Encode(text).Select(id => pieces[id])));
    }

    [Fact]
    public void Encode_AnyText_GivesIdsOfTheVocabulary()
    {
        var tokenizer = TokenizerFiles.Read(model.Folder);
        var count = File.ReadAllLines(Path.Combine(model.Folder, "vocab.txt")).Length;
        Prop.ForAll<char[]>(units => tokenizer.Encode(new string(units)).All(id => id >= 0 && id < count)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Encode_TextsApartByABlank_GivesTheIdsOfEach() =>
        Prop.ForAll<string?, string?>((first, second) =>
        {
            var tokenizer = TokenizerFiles.Read(model.Folder);
            return tokenizer.Encode($"{first} {second}").SequenceEqual([.. tokenizer.Encode(first ?? ""), .. tokenizer.Encode(second ?? "")]);
        }).QuickCheckThrowOnFailure();

    public void Dispose() => model.Dispose();
}
