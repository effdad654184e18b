using DialogueMesh.Contracts;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace DialogueMesh.Embedding.Onnx;

/// <summary>Ids of several inputs, each padded to the longest: Rows × Length numbers.</summary>
/// <param name="Lengths">Ids of each row before its padding.</param>
internal sealed record Batch(long[] Ids, int[] Lengths, int Length);

/// <summary>A loaded model: ids to one vector a token, or one a text where the model pools itself.</summary>
internal sealed class OnnxSession : IDisposable
{
    private const string Ids = "input_ids", Mask = "attention_mask", Types = "token_type_ids";

    private static readonly string[] TokenOutputs = ["last_hidden_state", "token_embeddings"];
    private static readonly string[] TextOutputs = ["sentence_embedding", "pooler_output"];

    private readonly InferenceSession session;
    private readonly string output;

    private OnnxSession(InferenceSession session, string modelFile)
    {
        this.session = session;
        CheckInputs(session, modelFile);
        (output, GivesTokens) = ChooseOutput(session, modelFile);
    }

    /// <summary>Whether there is a vector for each token; else one for each row.</summary>
    public bool GivesTokens { get; }

    /// <exception cref="InputException">ONNX Runtime, what is asked of it, or the model is not there or cannot be used.</exception>
    public static OnnxSession Open(string modelFile, OnnxOptions options)
    {
        using var settings = Runtime.CreateOptions(options);
        InferenceSession? session = null;
        try
        {
            session = new InferenceSession(modelFile, settings);
            return new OnnxSession(session, modelFile);
        }
        catch (OnnxRuntimeException fault)
        {
            throw new InputException($"ONNX Runtime cannot load {modelFile}: {fault.Message.ReplaceLineEndings(" ")}", fault);
        }
        catch (InputException)
        {
            session?.Dispose();
            throw;
        }
    }

    /// <summary>Runs the model and hands its output to <paramref name="read"/>: the numbers, and how many a vector has.</summary>
    /// <exception cref="OperationCanceledException">Ended early, as asked.</exception>
    public void Run(Batch batch, ReadVectors read, CancellationToken ct)
    {
        long[] shape = [batch.Lengths.Length, batch.Length];
        var names = session.InputNames;
        var inputs = new List<OrtValue>(names.Count);
        try
        {
            inputs.AddRange(names.Select(name => OrtValue.CreateTensorValueFromMemory(DataOf(name, batch), shape)));
            using var run = new RunOptions();
            using var registration = ct.Register(() => run.Terminate = true);
            using var results = session.Run(run, names, inputs, [output]);
            read(results[0].GetTensorDataAsSpan<float>(), (int)results[0].GetTensorTypeAndShape().Shape[^1]);
        }
        catch (OnnxRuntimeException) when (ct.IsCancellationRequested)
        {
            throw new OperationCanceledException(ct);
        }
        finally
        {
            inputs.ForEach(input => input.Dispose());
        }
    }

    public void Dispose() => session.Dispose();

    private static long[] DataOf(string name, Batch batch) => name switch
    {
        Ids => batch.Ids,
        Mask => MaskOf(batch),
        _ => new long[batch.Ids.Length],
    };

    private static long[] MaskOf(Batch batch)
    {
        var mask = new long[batch.Ids.Length];
        for (var row = 0; row < batch.Lengths.Length; row++)
        {
            mask.AsSpan(row * batch.Length, batch.Lengths[row]).Fill(1);
        }

        return mask;
    }

    private static void CheckInputs(InferenceSession session, string modelFile)
    {
        foreach (var (name, input) in session.InputMetadata)
        {
            if (name is not (Ids or Mask or Types) || input.ElementDataType != TensorElementType.Int64)
            {
                throw new InputException(
                    $"{modelFile} has an input {name} of {input.ElementDataType}: only {Ids}, {Mask} and {Types} of Int64 are supported; export it as a feature-extraction model");
            }
        }
    }

    private static (string Name, bool GivesTokens) ChooseOutput(InferenceSession session, string modelFile)
    {
        var floats = session.OutputMetadata.Where(output => output.Value.ElementDataType == TensorElementType.Float).ToList();
        var tokens = floats.Where(output => output.Value.Dimensions.Length == 3).Select(output => output.Key).ToList();
        var texts = floats.Where(output => output.Value.Dimensions.Length == 2).Select(output => output.Key).ToList();
        return tokens.Count > 0 ? (TokenOutputs.FirstOrDefault(tokens.Contains) ?? tokens[0], true)
            : texts.Count > 0 ? (TextOutputs.FirstOrDefault(texts.Contains) ?? texts[0], false)
            : throw new InputException(
                $"{modelFile} gives no vectors of 32-bit numbers, but {string.Join(", ", session.OutputMetadata.Select(o => $"{o.Key} ({o.Value.ElementDataType})"))}: export it as a feature-extraction model in float32");
    }
}

/// <summary>Takes a batch's output, which is gone when it returns.</summary>
/// <param name="vectors">All vectors, one after the other.</param>
/// <param name="dimension">Numbers of each.</param>
internal delegate void ReadVectors(ReadOnlySpan<float> vectors, int dimension);
