using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Runs;

namespace DialogueMesh.Runs.Requests;

/// <summary>The list options as filters of the plan's dimensions.</summary>
public static class SpecFilters
{
    private static readonly StringComparer Names = StringComparer.OrdinalIgnoreCase;

    /// <summary>
    /// The dimensions with what was not asked for left out; order and weights stay. A list of emotions to which none of the
    /// names belongs stays whole, so that naming only the user's does not empty the assistant's.
    /// </summary>
    /// <exception cref="InputException">A name is unknown, or nothing is left.</exception>
    public static PlanDimensions Apply(PlanDimensions all, RunRequest request)
    {
        var services = Known(
            "--services", "service", request.Services, [.. all.Combinations.SelectMany(combination => combination.Services).Distinct()]);
        var emotions = Known(
            "--emotions", "emotion", request.Emotions, [.. all.UserEmotions.Union(all.AssistantEmotions)]);
        var regions = Known("--regions", "region", request.Regions, all.Regions);
        var resolutions = Known("--resolutions", "resolution", request.Resolutions, [.. all.Resolutions.Select(share => share.Value)]);
        return all with
        {
            Combinations = Combinations(all.Combinations, services),
            Regions = Only(all.Regions, regions),
            Resolutions = resolutions.Count == 0 ? all.Resolutions : [.. all.Resolutions.Where(share => resolutions.Contains(share.Value))],
            UserEmotions = Only(all.UserEmotions, emotions),
            AssistantEmotions = Only(all.AssistantEmotions, emotions),
        };
    }

    private static IReadOnlyList<ServiceCombination> Combinations(IReadOnlyList<ServiceCombination> all, HashSet<string> services)
    {
        if (services.Count == 0)
        {
            return all;
        }

        ServiceCombination[] kept = [.. all.Where(combination => combination.Services.All(services.Contains))];
        return kept.Length > 0
            ? kept
            : throw new InputException(
                $"--services {string.Join(',', services)} leaves no combination: each of the {all.Count} in the plan has another service with it; name more services");
    }

    private static IReadOnlyList<string> Only(IReadOnlyList<string> values, HashSet<string> names) =>
        values.Any(names.Contains) ? [.. values.Where(names.Contains)] : values;

    private static HashSet<string> Known(string option, string kind, IReadOnlyList<string> given, IReadOnlyList<string> known)
    {
        if (given.FirstOrDefault(name => !known.Contains(name, Names)) is { } unknown)
        {
            throw new InputException(
                $"unknown {kind} '{unknown}' in {option}: the nearest of the {known.Count} known {(known.Count == 1 ? "is" : "are")} {string.Join(", ", Nearest.Of(unknown, known))}");
        }

        return given.ToHashSet(Names);
    }
}
