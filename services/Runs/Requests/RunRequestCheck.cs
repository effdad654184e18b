using System.Globalization;
using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Runs;

namespace DialogueMesh.Runs.Requests;

/// <summary>What can be said against a request without reading a file.</summary>
public static class RunRequestCheck
{
    /// <summary>The plan of a run is held in memory, some 50 bytes a dialogue, and more while its marginals are shown.</summary>
    private const int MostGenerations = 10_000_000;

    /// <exception cref="InputException">In one line: what, where, what to do.</exception>
    public static void Validate(RunRequest request)
    {
        if (request.TotalGenerations > MostGenerations)
        {
            throw new InputException($"--total_generations {request.TotalGenerations} is more than a run can plan: give at most {MostGenerations}");
        }

        Turns(request.MinTurns, request.MaxTurns);
        Within("--similarity_threshold", request.SimilarityThreshold is { } threshold ? [threshold] : [], 0, 1, above: true);
        Within("--temperature", request.Temperature, 0, 2);
        Within("--top_p", request.TopP, 0, 1, above: true);
        Within("--frequency_penalty", request.FrequencyPenalty, -2, 2);
        Within("--presence_penalty", request.PresencePenalty, -2, 2);
        AtLeast("--max_parallel", request.Parallel, 1);
        AtLeast("--max_candidates", request.CandidateLimit, 1);
        AtLeast("--batch_size", request.BatchSize, 1);
        if (request.MaxCost is <= 0)
        {
            throw new InputException($"--max_cost {Text((double)request.MaxCost)} leaves nothing to spend: give US dollars above 0, or leave it out");
        }
    }

    /// <exception cref="InputException">The value is lower.</exception>
    public static void AtLeast(string option, long value, long least)
    {
        if (value < least)
        {
            throw new InputException($"{option} {value} is too low: give {least} or more");
        }
    }

    private static void Turns(IntRange least, IntRange greatest)
    {
        AtLeast("--min_turns", least.Min, 1);
        AtLeast("--max_turns", greatest.Min, 1);
        Upwards("--min_turns", least);
        Upwards("--max_turns", greatest);
        if (greatest.Max < least.Max)
        {
            throw new InputException(
                $"--max_turns {greatest.Min} {greatest.Max} ends below --min_turns {least.Min} {least.Max}: a dialogue of at least {least.Max} exchanges could have no maximum; give --max_turns {Math.Max(greatest.Min, least.Min)} {least.Max} or lower --min_turns");
        }
    }

    private static void Upwards(string option, IntRange range)
    {
        if (range.Min > range.Max)
        {
            throw new InputException($"{option} {range.Min} {range.Max} runs backwards: give {option} {range.Max} {range.Min}");
        }
    }

    // Written so that "not a number" is refused too.
    private static void Within(string option, IReadOnlyList<double> values, double least, double greatest, bool above = false)
    {
        foreach (var value in values)
        {
            if (!((above ? value > least : value >= least) && value <= greatest))
            {
                var lower = above ? $"above {Text(least)}" : $"from {Text(least)}";
                throw new InputException($"{option} {Text(value)} is out of range: give a number {lower} up to {Text(greatest)}");
            }
        }
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
