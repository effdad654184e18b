using System.Text.Json;
using DialogueMesh.Cli.Display;
using DialogueMesh.Cli.Options;
using DialogueMesh.Contracts;
using DialogueMesh.Measures;
using DialogueMesh.Scenario.Corpora;
using DialogueMesh.Scenario.Inputs;

namespace DialogueMesh.Cli.Commands;

/// <summary>The verb measure: the measures of corpora side by side.</summary>
internal static class MeasureCommand
{
    private const string SampleName = "sample";

    /// <exception cref="InputException">A corpus cannot be read, or the file cannot be written.</exception>
    public static async Task<int> RunAsync(MeasureSettings settings, TextWriter output, CancellationToken cancellationToken)
    {
        Check(settings);
        var reference = settings.Reference is { } path
            ? Read(path, cancellationToken)
            : new NamedCorpus(SampleName, SeedCorpora.Load(ShippedData.Corpus, cancellationToken));
        var report = CorpusMeasures.Of(
            settings.Paths.Select(each => Read(each, cancellationToken)), reference, settings.Tokens, cancellationToken);
        if (settings.JsonFile is { } file)
        {
            await WriteJsonAsync(file, report, cancellationToken);
        }

        MeasureTables.Write(Terminal.For(output), report);
        return ExitCode.Complete;
    }

    /// <summary>What can be said before anything is read: reading takes seconds.</summary>
    private static void Check(MeasureSettings settings)
    {
        var read = settings.Reference is { } reference ? settings.Paths.Append(reference) : settings.Paths;
        foreach (var path in read)
        {
            if (!File.Exists(path) && !Directory.Exists(path))
            {
                throw new InputException($"{path} is not there: give a file or directory with dialogues");
            }

            if (settings.JsonFile is { } file && Path.GetFullPath(file) == Path.GetFullPath(path))
            {
                throw new InputException($"--json {file} would overwrite a corpus that is measured: give another file");
            }
        }
    }

    private static NamedCorpus Read(string path, CancellationToken cancellationToken) =>
        new(path, SeedCorpora.Load(path, cancellationToken));

    private static async Task WriteJsonAsync(string file, MeasureReport report, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(report, DialogueJson.Indented) + "\n", cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"--json {file} cannot be written: {fault.Message}", fault);
        }
    }
}
