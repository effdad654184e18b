using System.Text.Json;
using DialogueMesh.Embedding.Static;
using DialogueMesh.Tests.Embedding;
using Xunit;

namespace DialogueMesh.Tests.EndToEnd;

/// <summary>--encoder: what the manifest says of it, and that another one never takes its place.</summary>
public sealed class EncoderTests : IDisposable
{
    private const string Five = "generate --total_generations 5 --similarity_threshold 0.999999";

    private readonly TinyModel model = new();
    private readonly RunFolder folder = new();

    private static string BuiltInId => Describe(StaticEncoder.BuiltIn.Id);

    [Fact]
    public async Task Generate_WithATransformer_RecordsItAndResumesWithNoOther()
    {
        using var encoder = model.Open();
        await Cli.CompleteAsync(folder.Path, $"{Five} --encoder {model.Folder}");
        Assert.Equal(Describe(encoder.Id), EncoderOfManifest());
        Assert.Equal(128 + (5 * 32 * sizeof(float)), new FileInfo(folder.In("dialogue_embeddings.npy")).Length);

        var refused = await Cli.RunAsync(folder.Path, $"{Five} --resume --encoder builtin");
        Assert.Equal(2, refused.Code);
        Assert.Contains("was started with the encoder tiny (32 numbers, SHA-256 ", Assert.Single(refused.ErrorLines), StringComparison.Ordinal);

        model.Write("sentence_bert_config.json", """{"max_seq_length": 20}""");
        Assert.Equal(2, (await Cli.RunAsync(folder.Path, $"{Five} --resume --encoder {model.Folder}")).Code);
    }

    [Fact]
    public async Task Generate_TransformerInTheDefaultFolder_IsTakenUnlessBuiltinIsNamed()
    {
        using var here = new TinyModel(Path.Combine("models", "sentence_transformer"));
        await Cli.CompleteAsync(here.Around.Path, $"{Five} --output_file a.json --hash_file a_hashes.json --embedding_file a.npy");
        Assert.Contains("tiny", File.ReadAllText(here.Around.In("manifest.json")), StringComparison.Ordinal);

        await Cli.CompleteAsync(folder.Path, $"{Five} --encoder builtin");
        Assert.Equal(BuiltInId, EncoderOfManifest());
    }

    [Theory]
    [InlineData("--encoder nowhere", "the encoder's folder nowhere does not exist", "")]
    [InlineData("--encoder .", "neither model.onnx nor onnx/model.onnx", "")]
    [InlineData("", "CUDA is asked for, but ", "cuda")]
    [InlineData("", "Providers are cpu and cuda", "quantum")]
    public async Task Generate_EncoderThatCannotBeUsed_OneLineExit2NothingWritten(string options, string expected, string provider)
    {
        Assert.SkipWhen(provider == "cuda" && File.Exists("/dev/nvidia0"), "CUDA is here");
        var line = options.Length > 0 ? options : $"--encoder {model.Folder}";
        var result = await Cli.RunAsync(folder.Path, $"{Five} {line}", ("DIALOGUEMESH_Onnx__Provider", provider.Length > 0 ? provider : "cpu"));
        Assert.Equal(2, result.Code);
        Assert.Contains(expected, Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        folder.AssertNoOutputs();
    }

    public void Dispose()
    {
        model.Dispose();
        folder.Dispose();
    }

    private static string Describe(Contracts.Runs.EncoderId id) => $"{id.Name} {id.Dimension} {id.Sha256}";

    private string EncoderOfManifest()
    {
        var encoder = folder.Read<JsonElement>("manifest.json").GetProperty("encoder");
        return $"{encoder.GetProperty("name").GetString()} {encoder.GetProperty("dimension").GetInt32()} {encoder.GetProperty("sha256").GetString()}";
    }
}
