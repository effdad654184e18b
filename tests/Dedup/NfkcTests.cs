using System.Diagnostics;
using System.Text;
using System.Text.Json;
using DialogueMesh.Contracts.Randomness;
using DialogueMesh.Dedup.Fingerprints;
using Xunit;

namespace DialogueMesh.Tests.Dedup;

public sealed class NfkcTests
{
    [Theory]
    [InlineData("\u1e9b\u0323", "\u1e69")]
    [InlineData("\u0344", "\u0308\u0301")]
    [InlineData("a\u0315\u0300\u05ae\u0062", "\u00e0\u05ae\u0315b")]
    [InlineData("\u1100\u1161\u11a8", "\uac01")]
    [InlineData("\uac00\u11a8", "\uac01")]
    [InlineData("\u2126", "\u03a9")]
    [InlineData("\u0958", "\u0915\u093c")]
    [InlineData("\ufdfa", "\u0635\u0644\u0649 \u0627\u0644\u0644\u0647 \u0639\u0644\u064a\u0647 \u0648\u0633\u0644\u0645")]
    public void Normalise_KnownText_IsTheStandardsForm(string text, string form) => Assert.Equal(form, Nfkc.Normalise(text));

    [Fact]
    public async Task Normalise_RandomText_EqualsPythons()
    {
        var texts = RandomTexts();
        var forms = await Python(texts);
        Assert.SkipWhen(forms is null, "no python3");
        Assert.Equal(forms, texts.Select(Nfkc.Normalise));
    }

    // Ranges dense in characters that decompose, combine or reorder.
    private static List<string> RandomTexts()
    {
        (int First, int Last)[] ranges =
        [
            (0x20, 0x7e), (0xa0, 0x24f), (0x300, 0x36f), (0x370, 0x3ff), (0x591, 0x5c7), (0x600, 0x6ff), (0x900, 0x9ff), (0xf40, 0xfbc),
            (0x1100, 0x11ff), (0x1e00, 0x1fff), (0x2000, 0x218f), (0x3040, 0x33ff), (0xac00, 0xd7a3), (0xf900, 0xfaff), (0xfb00, 0xfdff),
            (0xff00, 0xffef), (0x11099, 0x110ba), (0x1d15e, 0x1d1ad), (0x1d400, 0x1d7ff), (0x2f800, 0x2fa1d),
        ];
        var random = new SeededRandom(3, "nfkc");
        return
        [
            .. Enumerable.Range(0, 3000).Select(_ =>
            {
                var text = new StringBuilder();
                for (var left = random.Between(1, 12); left > 0; left--)
                {
                    var (first, last) = random.Pick(ranges);
                    text.Append(new Rune(random.Between(first, last)));
                }

                return text.ToString();
            }),
        ];
    }

    private static async Task<List<string>?> Python(List<string> texts)
    {
        const string Script = "import json,sys,unicodedata as u; print(json.dumps([u.normalize('NFKC', t) for t in json.load(sys.stdin)]))";
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3", ["-c", Script])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!;
            await python.StandardInput.WriteAsync(JsonSerializer.Serialize(texts));
            python.StandardInput.Close();
            return JsonSerializer.Deserialize<List<string>>(await python.StandardOutput.ReadToEndAsync());
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
