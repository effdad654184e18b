using System.Globalization;
using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Dataset.Files;
using DialogueMesh.Embedding;
using DialogueMesh.Embedding.Onnx;
using DialogueMesh.Embedding.Static;
using Microsoft.Extensions.Configuration;

namespace DialogueMesh.Cli.Embedded;

/// <summary>Which encoder a run compares its dialogues with.</summary>
internal static class Encoders
{
    public const string BuiltIn = "builtin";

    /// <summary>The transformer used without being named, where one lies there.</summary>
    private static readonly string DefaultFolder = Path.Combine("models", "sentence_transformer");

    /// <param name="named">What --encoder says: builtin or a folder; null is the default one.</param>
    /// <exception cref="InputException">It cannot be used; another one is never taken in its place.</exception>
    public static ITextEncoder Open(string? named)
    {
        var folder = named ?? (OnnxEncoder.IsModel(DefaultFolder) ? DefaultFolder : BuiltIn);
        return folder == BuiltIn ? StaticEncoder.BuiltIn : OnnxEncoder.Open(folder, Options());
    }

    /// <exception cref="InputException">The run was started with another encoder: their vectors do not compare.</exception>
    public static void CheckSame(EncoderId encoder, StartedRun? started)
    {
        if (started is { Spec.Encoder: var first } && first != encoder)
        {
            throw new InputException(
                $"the run that lies there was started with the encoder {Describe(first)}, not {Describe(encoder)}: resume it with the --encoder it was started with, or use another --output_file");
        }
    }

    /// <summary>From where on dialogues are near-duplicates in this run, and how strict that is.</summary>
    public static string Describe(ITextEncoder encoder, double threshold)
    {
        var meaning = threshold == encoder.DefaultThreshold
            ? encoder is StaticEncoder ? "; of different dialogues about the same things fewer than 1 pair in 1,000 reach it" : ""
            : string.Create(CultureInfo.InvariantCulture, $"; its default is {encoder.DefaultThreshold}, a lower one rejects more");
        return string.Create(CultureInfo.InvariantCulture, $"Near-duplicates: cosine of {threshold} or more by the encoder {encoder.Id.Name}{meaning}.");
    }

    private static string Describe(EncoderId id) => $"{id.Name} ({id.Dimension} numbers, SHA-256 {id.Sha256[..Math.Min(12, id.Sha256.Length)]}…)";

    /// <summary>DIALOGUEMESH_Onnx__Provider and the like set how a transformer is run.</summary>
    private static OnnxOptions Options()
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables("DIALOGUEMESH_").Build();
        try
        {
            return configuration.GetSection(OnnxOptions.Section).Get<OnnxOptions>() ?? new OnnxOptions();
        }
        catch (InvalidOperationException fault)
        {
            throw new InputException($"DIALOGUEMESH_Onnx__…: {fault.Message.ReplaceLineEndings(" ")} Providers are cpu and cuda", fault);
        }
    }
}
