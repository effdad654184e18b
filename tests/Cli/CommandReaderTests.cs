using System.Text.Json;
using DialogueMesh.Cli.Options;
using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Runs;
using Xunit;

namespace DialogueMesh.Tests.Cli;

public class CommandReaderTests
{
    /// <summary>An option of generate, a value for it that is not the default, and how the settings show it.</summary>
    public static TheoryData<string, string, string> Options => new()
    {
        { "output_file", "x.json", "\"output_file\":\"x.json\"" },
        { "hash_file", "h.json", "\"hash_file\":\"h.json\"" },
        { "embedding_file", "e.npy", "\"embedding_file\":\"e.npy\"" },
        { "similarity_threshold", "0.85", "\"similarity_threshold\":0.85" },
        { "encoder", "models/mine", "\"encoder\":\"models/mine\"" },
        { "against", "a.json b.jsonl", "\"against\":[\"a.json\",\"b.jsonl\"]" },
        { "dataset_name", "a/b", "\"dataset_name\":\"a/b\"" },
        { "dataset_path", "some/dir", "\"dataset_path\":\"some/dir\"" },
        { "min_turns", "3 4", "\"min_turns\":{\"min\":3,\"max\":4}" },
        { "max_turns", "12 14", "\"max_turns\":{\"min\":12,\"max\":14}" },
        { "temperature", "0.1 1.5", "\"temperature\":[0.1,1.5]" },
        { "top_p", "0.5,0.6", "\"top_p\":[0.5,0.6]" },
        { "frequency_penalty", "-1 0.5", "\"frequency_penalty\":[-1,0.5]" },
        { "presence_penalty", "2", "\"presence_penalty\":[2]" },
        { "test_extraction", "", "\"test_extraction\":true" },
        { "extraction_index", "7", "\"extraction_index\":7" },
        { "seed", "-9", "\"seed\":-9" },
        { "mode", "freeform", "\"mode\":\"freeform\"" },
        { "personas", "p.csv", "\"personas\":\"p.csv\"" },
        { "ontology", "o", "\"ontology\":\"o\"" },
        { "services", "hotel,taxi", "\"services\":[\"hotel\",\"taxi\"]" },
        { "regions", "London Paris", "\"regions\":[\"London\",\"Paris\"]" },
        { "resolutions", "Failed", "\"resolutions\":[\"Failed\"]" },
        { "emotions", "Angry", "\"emotions\":[\"Angry\"]" },
        { "model", "m", "\"model\":\"m\"" },
        { "endpoint", "http://localhost:8000/v1", "\"endpoint\":\"http://localhost:8000/v1\"" },
        { "api_version", "2024-10-21", "\"api_version\":\"2024-10-21\"" },
        { "moderation", "off", "\"moderation\":\"off\"" },
        { "max_parallel", "3", "\"max_parallel\":3" },
        { "rpm", "500", "\"rpm\":500" },
        { "tpm", "200000", "\"tpm\":200000" },
        { "input_tpm", "150000", "\"input_tpm\":150000" },
        { "output_tpm", "50000", "\"output_tpm\":50000" },
        { "max_candidates", "500", "\"max_candidates\":500" },
        { "max_cost", "2.5", "\"max_cost\":2.5" },
        { "prices", "p.json", "\"prices\":\"p.json\"" },
        { "batch_size", "10", "\"batch_size\":10" },
        { "cache_file", "c.db", "\"cache_file\":\"c.db\"" },
        { "no_cache", "", "\"no_cache\":true" },
        { "mesh", "http://localhost:5300", "\"mesh\":\"http://localhost:5300\"" },
        { "resume", "", "\"resume\":true" },
        { "dry_run", "", "\"dry_run\":true" },
    };

    [Theory]
    [MemberData(nameof(Options))]
    public void Read_EitherSpelling_SetsTheSame(string name, string value, string shown)
    {
        string[] values = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        var underscores = Json(Generate(["--total_generations", "9", "--" + name, .. values]));
        var dashes = Json(Generate(["--total-generations", "9", "--" + name.Replace('_', '-'), .. values]));

        Assert.Contains(shown, underscores);
        Assert.Equal(underscores, dashes);
        Assert.NotEqual(Json(Generate(["--total_generations", "9"])), underscores);
    }

    [Fact]
    public void Options_Tested_AreAllOfGenerate()
    {
        var tested = Options.Select(row => row.Data.Item1).Append("total_generations").Append("help").Order();

        Assert.Equal(tested, Verbs.Generate.Options.Select(option => option.Name).Order());
    }

    [Fact]
    public void Read_TotalAlone_TakesTheDefaultsOfTheTable()
    {
        var settings = Generate(["--total_generations", "100"]);

        Assert.Equal(100, settings.TotalGenerations);
        Assert.Equal("generated_dialogues.json", settings.OutputFile);
        Assert.Equal("dialogue_hashes.json", settings.HashFile);
        Assert.Equal("dialogue_embeddings.npy", settings.EmbeddingFile);
        Assert.Null(settings.SimilarityThreshold);
        Assert.Equal(new IntRange(5, 10), settings.MinTurns);
        Assert.Equal(new IntRange(7, 20), settings.MaxTurns);
        Assert.Equal([0.7, 0.8, 0.9, 1.0], settings.Temperature);
        Assert.Equal([0.8, 0.85, 0.9, 0.95, 1.0], settings.TopP);
        Assert.Equal([0.0, 0.2, 0.4, 0.6, 0.7], settings.FrequencyPenalty);
        Assert.Equal([0.0, 0.2, 0.4, 0.6, 0.7], settings.PresencePenalty);
        Assert.Equal(GenerationMode.Outline, settings.Mode);
        Assert.Equal("gpt-4o-mini", settings.Model);
        Assert.Equal(100, settings.BatchSize);
        Assert.Equal(1000, settings.CandidateLimit);
        Assert.Null(settings.MaxCost);
        Assert.Null(settings.Endpoint);
        Assert.Empty(settings.Services);
        Assert.False(settings.Resume || settings.DryRun || settings.TestExtraction);
    }

    [Fact]
    public void Read_ListBeforeOtherOptions_EndsAtTheNextOption()
    {
        var settings = Generate(["--services", "hotel,", "taxi", "--regions", "New York, Rome", "--total_generations=5", "--temperature=0.2"]);

        Assert.Equal(["hotel", "taxi"], settings.Services);
        Assert.Equal(["New York", "Rome"], settings.Regions);
        Assert.Equal([0.2], settings.Temperature);
        Assert.Equal(5, settings.TotalGenerations);
    }

    [Fact]
    public void Read_ValueGivenTwice_CountsOnce() =>
        Assert.Equal([0.7, 0.9], Generate(["--total_generations", "1", "--temperature", "0.7", "0.9", "0.70"]).Temperature);

    [Fact]
    public void Read_TestExtraction_NeedsNoTotal()
    {
        var settings = Generate(["--test_extraction", "--extraction_index", "3"]);

        Assert.True(settings.TestExtraction);
        Assert.Equal(3, settings.ExtractionIndex);
    }

    [Fact]
    public void Read_Extract_TakesIndexAndSource()
    {
        var request = CommandReader.Read(["extract", "--index", "4", "--dataset-path", "d"]);

        Assert.Equal(new Request.Extract(new ExtractSettings(4, null, "d")), request);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("generate", "--total_generations", "x", "--help")]
    public void Read_Help_ExplainsEveryOptionWithExamplesThatWork(params string[] args)
    {
        var help = Assert.IsType<Request.Show>(CommandReader.Read(args)).Text;

        Assert.All(Verbs.Generate.Options, option => Assert.Contains($"  {option.Long}", help));
        Assert.All(help.Split('\n'), line => Assert.True(line.Length <= 100, line));
        var examples = help[help.IndexOf("Examples\n", StringComparison.Ordinal)..].Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];
        Assert.InRange(examples.Length, 4, 6);
        Assert.All(examples, example => Assert.IsNotType<Request.Show>(CommandReader.Read(Words(example)[1..])));
    }

    [Fact]
    public void Read_Version_ShowsIt() => Assert.Equal(new Request.Show("dialoguemesh 0.1.0\n"), CommandReader.Read(["--version"]));

    private static GenerateSettings Generate(string[] options) =>
        Assert.IsType<Request.Generate>(CommandReader.Read(["generate", .. options])).Settings;

    private static string Json(GenerateSettings settings) => JsonSerializer.Serialize(settings, DialogueJson.Compact);

    private static string[] Words(string line) =>
        [.. System.CommandLine.Parsing.CommandLineParser.SplitCommandLine(line.Trim())];
}
