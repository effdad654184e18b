using System.Numerics.Tensors;
using DialogueMesh.Contracts;
using DialogueMesh.Embedding.Onnx;
using Xunit;

namespace DialogueMesh.Tests.Embedding;

public sealed class OnnxEncoderTests : IDisposable
{
    private static readonly string[] Texts = [.. TinyModel.Golden.Select(golden => golden.Text)];

    private readonly TinyModel model = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task EncodeAsync_TinyModel_GivesTorchsVectors(bool cls, bool fromTokenizerJson)
    {
        if (cls)
        {
            model.UseCls();
        }

        if (fromTokenizerJson)
        {
            model.UseTokenizerJson();
        }

        using var encoder = model.Open();
        var vectors = await encoder.EncodeAsync(Texts, Ct);
        Assert.All(TinyModel.Golden.Zip(vectors), pair => AssertNear(cls ? pair.First.Cls : pair.First.Mean, pair.Second, 1e-4f));
    }

    [Fact]
    public async Task EncodeAsync_WhateverElseIsInTheBatch_GivesTheSameVectors()
    {
        using var together = model.Open();
        using var apart = model.Open(new OnnxOptions { BatchTokens = 1 });
        string[] many = [.. Texts, .. Texts.Reverse(), .. Texts.Select(text => text + " taxi")];
        var vectors = await together.EncodeAsync(many, Ct);
        for (var i = 0; i < many.Length; i++)
        {
            AssertNear((await together.EncodeAsync([many[i]], Ct))[0], vectors[i], 1e-5f);
            AssertNear((await apart.EncodeAsync([many[i]], Ct))[0], vectors[i], 1e-5f);
            Assert.Equal(1f, TensorPrimitives.Norm<float>(vectors[i]), 1e-5f);
        }
    }

    [Fact]
    public async Task EncodeAsync_SeveralCallsAtOnce_GiveTheBitsOfOne()
    {
        using var encoder = model.Open();
        var alone = await Task.WhenAll(Texts.Select(text => encoder.EncodeAsync([text], Ct).AsTask()));
        var atOnce = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() => encoder.EncodeAsync([Texts[i % Texts.Length]], Ct).AsTask(), Ct)));
        Assert.All(Enumerable.Range(0, 100), i => Assert.Equal(alone[i % Texts.Length][0], atOnce[i][0]));
    }

    [Fact]
    public async Task EncodeAsync_LongDialogue_IsJudgedToItsEnd()
    {
        using var encoder = model.Open();
        var start = string.Concat(Enumerable.Repeat("I want a cheap hotel at the station please. ", 20));
        var vectors = await encoder.EncodeAsync([start + "taxi taxi taxi", start + "$ 5 + 3 = 8 system"], Ct);
        Assert.True(TensorPrimitives.Dot<float>(vectors[0], vectors[1]) < 0.9999f);
    }

    [Fact]
    public async Task EncodeAsync_NoTexts_GivesNone()
    {
        using var encoder = model.Open();
        Assert.Empty(await encoder.EncodeAsync([], Ct));
    }

    [Fact]
    public async Task EncodeAsync_Cancelled_EndsEarly()
    {
        using var encoder = model.Open();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await encoder.EncodeAsync(Texts, new CancellationToken(true)));
    }

    [Fact]
    public void Id_SameModelElsewhere_IsTheSame()
    {
        using var copy = new TinyModel("elsewhere");
        using var first = model.Open();
        using var second = copy.Open();
        Assert.Equal(first.Id, second.Id);
        Assert.Equal(("tiny", 32, 64), (first.Id.Name, first.Id.Dimension, first.Id.Sha256.Length));
    }

    [Theory]
    [InlineData("sentence_bert_config.json", """{"max_seq_length": 20}""")]
    [InlineData("tokenizer_config.json", """{"do_lower_case": false}""")]
    [InlineData("1_Pooling/config.json", """{"pooling_mode": "cls"}""")]
    [InlineData("model.onnx_data", "more weights")]
    public void Id_WhatChangesVectors_ChangesIt(string file, string content)
    {
        using var before = model.Open();
        model.Write(file, content);
        using var after = model.Open();
        Assert.NotEqual(before.Id, after.Id);
    }

    [Theory]
    [InlineData("model.onnx", null, "neither model.onnx nor onnx/model.onnx")]
    [InlineData("vocab.txt", null, "neither tokenizer.json nor vocab.txt")]
    [InlineData("vocab.txt", "a\nb\n", "has no [UNK]")]
    [InlineData("model.onnx", "nonsense", "ONNX Runtime cannot load")]
    [InlineData("config.json", "{", "cannot read")]
    [InlineData("config.json", "[]", "holds no JSON object")]
    [InlineData("modules.json", """[{"type": "sentence_transformers.models.Dense"}]""", "has a module Dense")]
    [InlineData("modules.json", "{}", "cannot read")]
    [InlineData("1_Pooling/config.json", """{"pooling_mode_max_tokens": true}""", "asks for pooling by max")]
    [InlineData("sentence_bert_config.json", """{"max_seq_length": 2}""", "too short")]
    [InlineData("sentence_bert_config.json", """{"max_seq_length": 64}""", null)]
    [InlineData("tokenizer.json", """{"model": {"type": "Unigram"}}""", "its model is Unigram")]
    [InlineData("tokenizer.json", """{"model": {"type": "WordPiece"}, "normalizer": {"type": "BertNormalizer"}, "pre_tokenizer": {"type": "BertPreTokenizer"}}""", "is not whole")]
    public void Open_UnusableModel_SaysWhyInOneLine(string file, string? content, string? expected)
    {
        if (content is null)
        {
            model.Delete(file);
        }
        else
        {
            model.Write(file, content);
        }

        if (expected is null)
        {
            model.Open().Dispose();
            return;
        }

        var fault = Assert.Throws<InputException>(() => model.Open());
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public void Open_CudaThatIsMissing_IsAnErrorAndNoSlowerRun()
    {
        Assert.SkipWhen(File.Exists("/dev/nvidia0"), "CUDA is here");
        var fault = Assert.Throws<InputException>(() => model.Open(new OnnxOptions { Provider = OnnxProvider.Cuda }));
        Assert.StartsWith("CUDA is asked for, but ", fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => model.Dispose();

    private static void AssertNear(float[] expected, float[] actual, float tolerance) =>
        Assert.True(
            expected.Length == actual.Length && expected.Zip(actual).All(pair => Math.Abs(pair.First - pair.Second) <= tolerance),
            $"{string.Join(' ', expected)}\n{string.Join(' ', actual)}");
}
