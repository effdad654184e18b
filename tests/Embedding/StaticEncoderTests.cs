using System.Numerics.Tensors;
using System.Text.Json;
using DialogueMesh.Dedup.Fingerprints;
using DialogueMesh.Embedding.Static;
using DialogueMesh.Tests.EndToEnd;
using DialogueMesh.Vectors;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace DialogueMesh.Tests.Embedding;

public sealed class StaticEncoderTests
{
    private static readonly string[] Files =
        ["train/dialogues_001.json", "train/dialogues_041.json", "train/dialogues_116.json", "dev/dialogues_001.json"];

    private static readonly StaticEncoder Encoder = StaticEncoder.BuiltIn;

    /// <summary>What eng/encoder/golden.py, in Python, makes of a text.</summary>
    private sealed record Golden(string Text, int[] Rows, int[] Weights, long[] Sums, float[] Vector);

    private static Golden[] All { get; } = JsonSerializer.Deserialize<Golden[]>(
        File.ReadAllBytes(Path.Combine(Outside.RepositoryRoot(), "tests", "Embedding", "Static", "golden.json")), JsonSerializerOptions.Web)!;

    private static EncoderTable Table { get; } = EncoderTable.Read(
        File.ReadAllBytes(Path.Combine(Outside.RepositoryRoot(), "data", "encoder", "builtin.bin")));

    [Fact]
    public void Read_GoldenTexts_CountsTheRowsOfTheTraining()
    {
        var counts = new FeatureCounts(Table.Rows, Table.Common);
        Assert.All(All, golden =>
        {
            counts.Read(golden.Text);
            var rows = counts.Rows.ToArray().Order().ToArray();
            Assert.Equal(golden.Rows, rows);
            Assert.Equal(golden.Weights, rows.Select(row => (int)StaticEncoder.WeightOf(counts.Count(row))));
        });
    }

    [Fact]
    public void Encode_GoldenTexts_GivesTheVectorsOfTheTraining() =>
        Assert.All(All, golden =>
        {
            var vector = Encoder.Encode(golden.Text);
            Assert.All(golden.Vector.Zip(vector), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
            // The same whole numbers, times the length.
            var longest = Enumerable.Range(0, golden.Sums.Length).MaxBy(i => Math.Abs(golden.Sums[i]));
            var scale = golden.Sums[longest] / (double)vector[longest];
            Assert.All(golden.Sums.Zip(vector), pair => Assert.Equal(pair.First, Math.Round(pair.Second * scale)));
        });

    [Fact]
    public void Encode_AnyText_GivesAUnitVector() =>
        Prop.ForAll<string?>(text =>
        {
            var vector = Encoder.Encode(text ?? "");
            return vector.Length == Encoder.Id.Dimension && Math.Abs(TensorPrimitives.Norm<float>(vector) - 1) < 1e-6;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Encode_UtterancesInAnyOrder_GivesTheSameBits() =>
        Prop.ForAll<string[]>(lines =>
        {
            var clean = lines.Select(line => line ?? "").ToArray();
            return !clean.Any(line => line.Any(char.IsLetterOrDigit))
                || Encoder.Encode(string.Join('\n', clean)).SequenceEqual(Encoder.Encode(string.Join('\n', clean.Reverse())));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Encode_VeryLongText_SumsWithoutOverflow()
    {
        const string Line = "i want to book a table for 2 people at the hotel, please.\n";
        var vector = Encoder.Encode(string.Concat(Enumerable.Repeat(Line, 200_000)));
        Assert.True(TensorPrimitives.Dot<float>(vector, Encoder.Encode(Line)) > 0.99);
    }

    [Fact]
    public async Task EncodeAsync_SeveralCallsAtOnce_GiveTheBitsOfOne()
    {
        var texts = All.Select(golden => golden.Text).ToArray();
        var alone = texts.Select(Encoder.Encode).ToArray();
        var atOnce = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ =>
            Task.Run(() => Encoder.EncodeAsync(texts, TestContext.Current.CancellationToken).AsTask(), TestContext.Current.CancellationToken)));
        Assert.All(atOnce, vectors => Assert.Equal(alone, vectors));
    }

    [Fact]
    public void Encode_Warm_AllocatesNothingButTheVector()
    {
        var text = All[^1].Text;
        Encoder.Encode(text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Encoder.Encode(text);
        }

        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / 100;
        Assert.InRange(each, 0, (Encoder.Id.Dimension * sizeof(float)) + 200);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("nonsense")]
    [InlineData("{\"format\":\"dialoguemesh-static-1\",\"rows\":2,\"dimension\":64,\"common\":[]}\nshort")]
    [InlineData("{\"format\":\"another\",\"rows\":1,\"dimension\":64,\"common\":[]}\n")]
    public void Read_FileThatIsNone_IsRefused(string content) =>
        Assert.Throws<InvalidDataException>(() => EncoderTable.Read(System.Text.Encoding.UTF8.GetBytes(content)));

    [Fact]
    public void Encode_OnlySlotValuesDiffer_IsANearDuplicateAndOtherWordsAboutThemAreNot()
    {
        var oslo = Train("Oslo", "Bergen", "Friday", "9:15", "3", "TR0412", "589");
        Assert.InRange(Cosine(oslo, Train("Lagos", "Ibadan", "Tuesday", "18:40", "5", "TZ7731", "12,400")), Encoder.DefaultThreshold, 1);
        Assert.InRange(Cosine(oslo, CanonicalText.Of(
        [
            "Is there anything left on Friday to Bergen? There are 3 of us in Oslo.",
            "TR0412 departs Oslo at 9:15. Seats cost 589 each.",
            "How long will we sit in it?",
            "A little under seven hours, with a stop for lunch.",
            "That is too long. Forget it.",
            "I understand. Flights take fifty minutes, if that helps.",
        ])), -1, Encoder.DefaultThreshold - 0.1);
    }

    [Fact]
    public void Encode_OneNameDiffersInTenExchanges_IsANearDuplicate()
    {
        var copies =
            (from dialogue in SgdDialogues.Read(Files)
             where dialogue.Utterances.Count >= 20
             from name in dialogue.Names
             where dialogue.Utterances.Any(u => u.Contains(name, StringComparison.Ordinal))
             let changed = dialogue.Utterances.Select(u => u.Replace(name, "Casa Zephyr", StringComparison.Ordinal)).ToList()
             select (dialogue.Id, Name: name, Cosine: Cosine(CanonicalText.Of(dialogue.Utterances), CanonicalText.Of(changed)))).ToList();
        Assert.True(copies.Count > 100, $"{copies.Count} copies");
        Assert.DoesNotContain(copies, copy => copy.Cosine < Encoder.DefaultThreshold);
    }

    [Fact]
    public void Encode_DifferentDialoguesOfTheSameServices_StayBelowTheThreshold()
    {
        var pairs = 0;
        foreach (var group in SgdDialogues.Read(Files).GroupBy(dialogue => dialogue.Services))
        {
            var index = new ExactIndex(Encoder.Id.Dimension);
            foreach (var dialogue in group)
            {
                var vector = Encoder.Encode(CanonicalText.Of(dialogue.Utterances));
                Assert.False(index.Nearest(vector)?.Cosine >= Encoder.DefaultThreshold, dialogue.Id);
                pairs += index.Count;
                index.Add(vector);
            }
        }

        Assert.True(pairs > 5000, $"{pairs} pairs");
    }

    private static string Train(string from, string to, string day, string time, string people, string train, string price) => CanonicalText.Of(
    [
        "Hello, I would like to take a train, please.",
        "With pleasure. Where do you leave from, and where to?",
        $"From {from} to {to}.",
        "On which day would you like to travel?",
        $"I want to leave on {day}, and there will be {people} of us.",
        $"There is {train}, which leaves {from} at {time}. It costs {price} for each of you. Shall I book it?",
        "Yes, please book that one for us.",
        $"You are booked on {train} on {day}. Can I help you with anything else?",
        "No, that was all. Thank you very much, goodbye.",
        $"You are welcome. Enjoy your trip to {to}.",
    ]);

    private static double Cosine(string a, string b) => TensorPrimitives.Dot<float>(Encoder.Encode(a), Encoder.Encode(b));
}
