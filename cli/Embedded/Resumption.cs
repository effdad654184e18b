using DialogueMesh.Cli.Options;
using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Dataset.Files;

namespace DialogueMesh.Cli.Embedded;

/// <summary>What a run that is resumed was begun with.</summary>
internal static class Resumption
{
    /// <summary>What the run was begun with, or the total asked for where it is new.</summary>
    /// <exception cref="InputException">Less is asked for than the run already has.</exception>
    public static int InitialTotal(GenerateSettings settings, StartedRun? started)
    {
        if (!settings.Resume || started is null)
        {
            return settings.TotalGenerations;
        }

        return settings.TotalGenerations >= started.Total
            ? started.Spec.InitialTotal
            : throw new InputException(
                $"--total_generations {settings.TotalGenerations} is less than the {started.Total} of the run that lies there; ask for at least as many to resume it");
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

    private static string Describe(EncoderId id) => $"{id.Name} ({id.Dimension} numbers, SHA-256 {id.Sha256[..Math.Min(12, id.Sha256.Length)]}…)";
}
