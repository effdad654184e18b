using System.Numerics.Tensors;
using DialogueMesh.Dedup.Fingerprints;
using DialogueMesh.Embedding.Hashing;
using DialogueMesh.Vectors;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace DialogueMesh.Tests.Embedding;

public sealed class HashedEncoderTests
{
    private const double Threshold = 0.9;

    private static readonly string[] Files =
        ["train/dialogues_001.json", "train/dialogues_041.json", "train/dialogues_116.json", "dev/dialogues_001.json"];

    [Fact]
    public void Encode_AnyText_GivesAUnitVector() =>
        Prop.ForAll<string?>(text =>
        {
            var vector = HashedEncoder.Encode(text ?? "");
            return vector.Length == HashedEncoder.Dimension && Math.Abs(TensorPrimitives.Norm<float>(vector) - 1) < 1e-6;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Encode_KnownText_GivesTheBitsOfItsVersion()
    {
        // A change here is another encoder: runs begun with the old one must not be resumed with it.
        var vector = HashedEncoder.Encode("A table for two at the Café Müller, please.");
        var bits = string.Concat(vector.Where(x => x != 0).Take(6).Select(x => BitConverter.SingleToInt32Bits(x).ToString("x8")));
        Assert.Equal("be2061893e4879eb3e2061893d70924dbec879ebbd70924d db364e1f", $"{bits} {new HashedEncoder().Id.Sha256[..8]}");
    }

    [Fact]
    public async Task EncodeAsync_Batch_EqualsEachAlone()
    {
        string[] texts = ["one text", "", "另一个", "🙂🙂"];
        var vectors = await new HashedEncoder().EncodeAsync(texts, TestContext.Current.CancellationToken);
        Assert.Equal(texts.Select(HashedEncoder.Encode), vectors);
    }

    [Fact]
    public void Encode_CaseSpacingPunctuation_DoNotMatter()
    {
        Assert.Equal(
            HashedEncoder.Encode("Hello, I'd like a taxi.\nWhere to?"),
            HashedEncoder.Encode("hello  I’d LIKE a taxi!\n where to"));
        Assert.True(Cosine("a flight from rome to paris", "a flight from paris to rome") < 0.999);
    }

    [Fact]
    public void Encode_OneNameChangedInTenExchanges_StaysAboveTheThreshold()
    {
        var copies =
            (from dialogue in SgdDialogues.Read(Files)
             where dialogue.Utterances.Count >= 20
             from name in dialogue.Names
             where dialogue.Utterances.Any(u => u.Contains(name, StringComparison.Ordinal))
             let changed = dialogue.Utterances.Select(u => u.Replace(name, "Casa Zephyr", StringComparison.Ordinal)).ToList()
             select (dialogue.Id, Name: name, Cosine: Cosine(Canonical(dialogue.Utterances), Canonical(changed)))).ToList();
        Assert.True(copies.Count > 100, $"{copies.Count} copies");
        Assert.DoesNotContain(copies, copy => copy.Cosine < Threshold || copy.Cosine > 0.9999);
    }

    [Fact]
    public void Encode_DifferentDialoguesOfTheSameServices_StayBelowTheThreshold()
    {
        var pairs = 0;
        foreach (var group in SgdDialogues.Read(Files).GroupBy(dialogue => dialogue.Services))
        {
            var index = new ExactIndex(HashedEncoder.Dimension);
            foreach (var dialogue in group)
            {
                var vector = HashedEncoder.Encode(Canonical(dialogue.Utterances));
                Assert.False(index.Nearest(vector)?.Cosine >= Threshold, dialogue.Id);
                pairs += index.Count;
                index.Add(vector);
            }
        }

        Assert.True(pairs > 5000, $"{pairs} pairs");
    }

    private static string Canonical(IReadOnlyList<string> utterances) => CanonicalText.Of(utterances);

    private static double Cosine(string a, string b) =>
        TensorPrimitives.Dot<float>(HashedEncoder.Encode(a), HashedEncoder.Encode(b));
}
