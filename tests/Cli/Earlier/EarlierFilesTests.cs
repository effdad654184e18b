using DialogueMesh.Cli.Earlier;
using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Dataset.Gate;
using DialogueMesh.Dedup.Fingerprints;
using DialogueMesh.Embedding;
using DialogueMesh.Tests.Scenario.Corpora;
using Xunit;

namespace DialogueMesh.Tests.Cli.Earlier;

public sealed class EarlierFilesTests : IDisposable
{
    private const string Ours = """
        [{"dialogue_id": "run-000000", "turns": [{"turn_number": 1, "utterance": "A taxi, please.", "assistant_response": "Where to?"}]}]
        """;

    private readonly TempFolder folder = new();
    private readonly CountingEncoder encoder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(Ours, "a.json: run-000000")]
    [InlineData("""{"utterances": ["A taxi, please.", "Where to?"]}""", "a.json: line 1")]
    [InlineData("""{"id": "x7", "text": "A  TAXI, please.\nWhere to?"}""", "a.json: x7")]
    [InlineData("{\"text\": \"\"}\n{\"text\": \"A taxi, please.\\r\\n\\r\\nWhere to?\"}", "a.json: line 2")]
    [InlineData("""{"turns": [{"speaker": "USER", "utterance": "A taxi, please."}, {"speaker": "SYSTEM", "utterance": "Where to?"}]}""", "a.json: line 1")]
    public async Task Load_AnyFormat_FindsTheSameWords(string content, string name)
    {
        using var earlier = await LoadAsync(folder.Write("a.json", content));

        Assert.Equal(name, earlier.WithHash(Fingerprint.Of(CanonicalText.Of(["A taxi, please.", "Where to?"]))));
        Assert.Equal(1, earlier.Datasets.Single().Dialogues);
        Assert.Equal(name, earlier.Nearest(CountingEncoder.Vector("a taxi, please.\nwhere to?"), 0.99)!.Name);
    }

    [Theory]
    [InlineData("""{"words": "A taxi"}""", "line 1: a record should have a 'text'")]
    [InlineData("{\"text\": \"A\"}\n{\"utterances\": [1]}", "line 2: a record should have a 'text'")]
    [InlineData("""["A taxi"]""", "line 1: a record should have a 'text'")]
    [InlineData("""{"text": "A""", "broken JSON")]
    [InlineData("", "is empty")]
    [InlineData("""{"text": " "}""", "has no dialogue with words")]
    public async Task Load_NoDialogues_SaysWhereInOneLine(string content, string expected)
    {
        var path = folder.Write("a.jsonl", content);

        var fault = await Assert.ThrowsAsync<InputException>(() => LoadAsync(path));

        Assert.Contains(path, fault.Message);
        Assert.Contains(expected, fault.Message);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public void Open_NoFile_IsBadInput()
    {
        Assert.Contains("is not there", Assert.Throws<InputException>(() => EarlierFiles.Open([Path.Combine(folder.Path, "none")])).Message);
        Assert.Contains("is a folder", Assert.Throws<InputException>(() => EarlierFiles.Open([folder.Path])).Message);
    }

    [Fact]
    public async Task Open_OtherOrderAndNames_IsTheSame()
    {
        var (one, two) = (folder.Write("a.jsonl", """{"text": "one"}"""), folder.Write("b.jsonl", """{"text": "two"}"""));
        var copy = folder.Write("c.jsonl", """{"text": "one"}""");

        Assert.Equal(EarlierFiles.Open([one, two]).Digests, EarlierFiles.Open([two, copy, one]).Digests);
        Assert.Null(EarlierFiles.Open([]).Digests);
        using var earlier = await LoadAsync(two, copy, one);
        Assert.Equal(2, earlier.Datasets.Count);
    }

    [Fact]
    public async Task Load_ManyAndRepeatedTexts_EncodesEachOnce()
    {
        var lines = Enumerable.Range(0, 1000).Select(i => $"{{\"text\": \"number {i % 400}\"}}");

        using var earlier = await LoadAsync(folder.Write("a.jsonl", string.Join('\n', lines)));

        Assert.Equal(400, encoder.Texts);
        Assert.Equal(1000, earlier.Datasets.Single().Dialogues);
    }

    [Fact]
    public async Task Load_VectorsOfTheSameEncoderBeside_AreTakenWhereTheTextIsTheSame()
    {
        string[] texts = ["one", "two", "three"];
        var path = WriteRun(texts, encoder.Id);

        using (var earlier = await LoadAsync(path))
        {
            Assert.Equal(0, encoder.Texts);
            Assert.All(texts, text => Assert.NotNull(earlier.Nearest(CountingEncoder.Vector(text), 0.999)));
        }

        File.WriteAllText(path, File.ReadAllText(path).Replace("two", "2"));
        using var edited = await LoadAsync(path);
        Assert.Equal(1, encoder.Texts);
        Assert.NotNull(edited.Nearest(CountingEncoder.Vector("2"), 0.999));
        Assert.NotNull(edited.Nearest(CountingEncoder.Vector("three"), 0.999));
    }

    [Theory]
    [InlineData("other encoder")]
    [InlineData("cut vectors")]
    [InlineData("broken manifest")]
    public async Task Load_VectorsOfNoUseBeside_EncodesAnew(string what)
    {
        var path = WriteRun(["one", "two", "three"], what == "other encoder" ? encoder.Id with { Sha256 = "1" } : encoder.Id);
        if (what == "cut vectors")
        {
            folder.Write("vectors.npy", File.ReadAllBytes(Path.Combine(folder.Path, "vectors.npy"))[..^1]);
        }
        else if (what == "broken manifest")
        {
            folder.Write("manifest.json", "{");
        }

        using var earlier = await LoadAsync(path);

        Assert.Equal(what == "cut vectors" ? 1 : 3, encoder.Texts);
        Assert.NotNull(earlier.Nearest(CountingEncoder.Vector("three"), 0.999));
    }

    private Task<EarlierDialogues> LoadAsync(params string[] paths) =>
        EarlierFiles.Open(paths).LoadAsync(encoder, _ => { }, TestContext.Current.CancellationToken);

    private string WriteRun(string[] texts, EncoderId id)
    {
        folder.Write("manifest.json", $$"""
            {"files": {"dialogues": "d.jsonl", "hashes": "hashes.json", "embeddings": "vectors.npy"},
             "encoder": {"name": "{{id.Name}}", "dimension": {{id.Dimension}}, "sha256": "{{id.Sha256}}" } }
            """);
        folder.Write("hashes.json", $"[{string.Join(',', texts.Select(text => $"\"{Fingerprint.Of(text)}\""))}]");
        var rows = texts.SelectMany(text => CountingEncoder.Vector(text)).SelectMany(BitConverter.GetBytes);
        folder.Write("vectors.npy", [.. DialogueMesh.Dataset.Files.NpyFile.Header(texts.Length, id.Dimension), .. rows]);
        return folder.Write("d.jsonl", string.Join('\n', texts.Select(text => $"{{\"text\": \"{text}\"}}")));
    }

    private sealed class CountingEncoder : ITextEncoder
    {
        public EncoderId Id { get; } = new("counting", 16, "0");

        public double DefaultThreshold => 0.9;

        public int Texts { get; private set; }

        public static float[] Vector(string text)
        {
            var random = new Contracts.Randomness.SeededRandom("vector", text);
            var numbers = Enumerable.Range(0, 16).Select(_ => random.NextDouble() - 0.5).ToArray();
            var norm = Math.Sqrt(numbers.Sum(x => x * x));
            return [.. numbers.Select(x => (float)(x / norm))];
        }

        public ValueTask<float[][]> EncodeAsync(IReadOnlyList<string> texts, CancellationToken ct)
        {
            Texts += texts.Count;
            return ValueTask.FromResult(texts.Select(Vector).ToArray());
        }
    }
}
