using System.Globalization;
using DialogueMesh.Contracts;
using DialogueMesh.Embedding.Onnx;
using DialogueMesh.Embedding.Static;
using Microsoft.Extensions.Configuration;

namespace DialogueMesh.Embedding;

/// <summary>Which encoder a run compares its dialogues with.</summary>
public static class Encoders
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

    /// <summary>From where on dialogues are near-duplicates in this run, and how strict that is.</summary>
    public static string Describe(ITextEncoder encoder, double threshold)
    {
        var meaning = threshold == encoder.DefaultThreshold
            ? encoder is StaticEncoder ? "; of different dialogues about the same things fewer than 1 pair in 1,000 reach it" : ""
            : string.Create(CultureInfo.InvariantCulture, $"; its default is {encoder.DefaultThreshold}, a lower one rejects more");
        return string.Create(CultureInfo.InvariantCulture, $"Near-duplicates: cosine of {threshold} or more by the encoder {encoder.Id.Name}{meaning}.");
    }

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
