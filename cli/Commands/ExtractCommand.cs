using DialogueMesh.Cli.Options;
using DialogueMesh.Contracts;
using DialogueMesh.Scenario.Corpora;
using DialogueMesh.Scenario.Inputs;

namespace DialogueMesh.Cli.Commands;

/// <summary>The verb extract: one dialogue of the seed corpus, as the freeform prompt quotes it.</summary>
internal static class ExtractCommand
{
    /// <exception cref="InputException">The corpus cannot be read, or has no such dialogue.</exception>
    public static async Task<int> RunAsync(
        ExtractSettings settings, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var place = SeedCorpora.Resolve(
            settings.DatasetName ?? SeedCorpora.DefaultDataset, settings.DatasetPath, Environment.CurrentDirectory, ShippedData.Corpus);
        var corpus = SeedCorpora.Load(place.Path, cancellationToken);
        var conversation = BaseConversation.At(corpus, settings.Index);
        if (place.Notice is { } notice)
        {
            await error.WriteLineAsync(notice);
        }

        await output.WriteLineAsync(
            $"Dialogue {settings.Index} of {corpus.Dialogues.Count} in {corpus.Name}: {conversation.DialogueId}\n\n{conversation.Text}");
        return ExitCode.Complete;
    }
}
