using DialogueMesh.Cli.Options;

namespace DialogueMesh.Cli.Commands;

/// <summary>Carries out a run.</summary>
/// <returns>An <see cref="ExitCode"/>.</returns>
internal delegate Task<int> RunGeneration(GenerateSettings settings, CancellationToken cancellationToken);

/// <summary>The verb generate.</summary>
internal static class GenerateCommand
{
    public static Task<int> RunAsync(
        GenerateSettings settings, TextWriter output, TextWriter error, RunGeneration run, CancellationToken cancellationToken) =>
        settings.TestExtraction
            ? ExtractCommand.RunAsync(
                new(settings.ExtractionIndex, settings.DatasetName, settings.DatasetPath), output, error, cancellationToken)
            : run(settings, cancellationToken);
}
