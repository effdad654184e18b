using DialogueMesh.Dedup.Fingerprints;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace DialogueMesh.Tests.Dedup;

public sealed class CanonicalTextTests
{
    [Theory]
    [InlineData("  Hello,\tWORLD \n", "hello, world")]
    [InlineData("“Hi” – it’s 5—6", "\"hi\" - it's 5-6")]
    [InlineData("Ｔａｂｌｅ ﬁve\u00a0½", "table five 1\u20442")]
    [InlineData("Cafe\u0301", "café")]
    [InlineData("soft\u00adhyphen\u200b", "softhyphen")]
    [InlineData("", "")]
    public void Of_Utterance_IsCanonical(string utterance, string canonical) =>
        Assert.Equal(canonical, CanonicalText.Of([utterance]));

    [Fact]
    public void Of_SameWordsSplitOtherwise_Differ()
    {
        Assert.NotEqual(CanonicalText.Of(["yes please", "sure"]), CanonicalText.Of(["yes", "please sure"]));
        Assert.NotEqual(CanonicalText.Of(["yes", ""]), CanonicalText.Of(["", "yes"]));
        Assert.Equal(2, CanonicalText.Of(["a\nb", "c"]).Split('\n').Length);
    }

    [Fact]
    public void Of_CanonicalText_IsItself() =>
        Prop.ForAll<string?>(text =>
        {
            var once = CanonicalText.Of([text ?? ""]);
            return CanonicalText.Of([once]) == once;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_LoneSurrogate_IsReplaced() => Assert.Equal("a\ufffdb", CanonicalText.Of(["a\ud800b"]));

    [Fact]
    public void Fingerprint_KnownText_IsItsSha256() =>
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Fingerprint.Of("abc"));
}
