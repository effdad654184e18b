using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Embedding.Batching;
using DialogueMesh.Embedding.WordPieces;

namespace DialogueMesh.Embedding.Onnx;

/// <summary>
/// A sentence-transformers model (Reimers and Gurevych, 2019) run by ONNX Runtime. A text longer than the model's input is
/// encoded in windows; its vector is their mean, weighted by tokens. Only texts of one call share a batch, so that what else
/// is encoded at the time changes no bit; what they share it with changes a number by less than 1e-5.
/// </summary>
public sealed class OnnxEncoder : ITextEncoder, IDisposable
{
    private readonly OnnxSession session;
    private readonly WordPieceTokenizer tokenizer;
    private readonly Pooling pooling;
    private readonly int windowTokens;
    private readonly int batchTokens;

    private OnnxEncoder(ModelFolder model, WordPieceTokenizer tokenizer, OnnxSession session, OnnxOptions options)
    {
        (this.session, this.tokenizer, pooling, batchTokens) = (session, tokenizer, model.Pooling, options.BatchTokens);
        windowTokens = model.MaxTokens - Overhead;
        Id = new EncoderId(model.Name, ProbeDimension(), ModelDigest.Of(model));
    }

    public EncoderId Id { get; }

    /// <summary>The scale that the others are calibrated to: 0.9 on MiniLM.</summary>
    public double DefaultThreshold => 0.9;

    private int Overhead => tokenizer.Prefix.Count + tokenizer.Suffix.Count;

    /// <summary>Whether a model lies in <paramref name="folder"/>.</summary>
    public static bool IsModel(string folder) => ModelFolder.IsOne(folder);

    /// <summary>The model in <paramref name="folder"/>, tried once.</summary>
    /// <exception cref="InputException">The model, ONNX Runtime or the provider asked for cannot be used.</exception>
    public static OnnxEncoder Open(string folder, OnnxOptions options)
    {
        var model = ModelFolder.Read(folder);
        var tokenizer = TokenizerFiles.Read(folder);
        var session = OnnxSession.Open(model.ModelFile, options);
        try
        {
            return new OnnxEncoder(model, tokenizer, session, options);
        }
        catch (Exception fault)
        {
            session.Dispose();
            throw fault is InputException
                ? fault
                : new InputException($"{model.ModelFile} cannot be run on one word: {fault.Message.ReplaceLineEndings(" ")}", fault);
        }
    }

    public ValueTask<float[][]> EncodeAsync(IReadOnlyList<string> texts, CancellationToken ct)
    {
        var ids = texts.Select(tokenizer.Encode).ToList();
        var windows = TextWindows.Cover([.. ids.Select(text => text.Count)], windowTokens);
        var vectors = new float[texts.Count][];
        for (var text = 0; text < vectors.Length; text++)
        {
            vectors[text] = new float[Id.Dimension];
        }

        foreach (var batch in Batches.Of(windows, Overhead, batchTokens))
        {
            ct.ThrowIfCancellationRequested();
            AddVectors(batch, ids, vectors, ct);
        }

        foreach (var vector in vectors)
        {
            PooledVectors.Normalise(vector);
        }

        return ValueTask.FromResult(vectors);
    }

    public void Dispose() => session.Dispose();

    private void AddVectors(Window[] windows, List<List<int>> ids, float[][] vectors, CancellationToken ct)
    {
        var batch = Fill(windows, ids);
        session.Run(batch, Read, ct);

        void Read(ReadOnlySpan<float> output, int dimension)
        {
            var rowSize = session.GivesTokens ? batch.Length * dimension : dimension;
            for (var row = 0; row < windows.Length; row++)
            {
                var size = session.GivesTokens ? batch.Lengths[row] * dimension : dimension;
                PooledVectors.AddPooled(
                    output.Slice(row * rowSize, size), pooling, Math.Max(1, windows[row].Length), vectors[windows[row].Text]);
            }
        }
    }

    private Batch Fill(Window[] windows, List<List<int>> ids)
    {
        var lengths = windows.Select(window => window.Length + Overhead).ToArray();
        var longest = lengths.Max();
        var padded = new long[windows.Length * longest];
        Array.Fill(padded, tokenizer.Padding);
        for (var row = 0; row < windows.Length; row++)
        {
            var (_, start, length) = windows[row];
            var place = row * longest;
            foreach (var id in (IEnumerable<int>)[.. tokenizer.Prefix, .. ids[windows[row].Text].GetRange(start, length), .. tokenizer.Suffix])
            {
                padded[place++] = id;
            }
        }

        return new Batch(padded, lengths, longest);
    }

    // The file does not always say.
    private int ProbeDimension()
    {
        var found = 0;
        session.Run(Fill([new Window(0, 0, 1)], [tokenizer.Encode("a")]), (_, dimension) => found = dimension, CancellationToken.None);
        return found;
    }
}
