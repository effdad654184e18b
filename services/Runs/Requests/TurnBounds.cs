using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Scenario.Ontology;
using DialogueMesh.Scenario.Outlines;

namespace DialogueMesh.Runs.Requests;

/// <summary>Whether dialogues can be as short and as long as asked for.</summary>
public static class TurnBounds
{
    /// <summary>More exchanges than this no dialogue of one service carries.</summary>
    private const int LongestMinimum = 20;

    /// <exception cref="InputException">The range of maxima is too low for the services, or that of minima too high.</exception>
    public static void Check(RunSpec spec, OntologyCatalog ontology)
    {
        if (spec.MinTurns.Max > LongestMinimum)
        {
            throw new InputException(
                $"--min_turns {spec.MinTurns.Min} {spec.MinTurns.Max}: a minimum above {LongestMinimum} exchanges cannot be filled with one service; give at most {LongestMinimum}");
        }

        var lowest = Math.Max(spec.MaxTurns.Min, spec.MinTurns.Min);
        var shortest = new ShortestOutlines(ontology);
        var hardest = spec.Dimensions.Combinations.MaxBy(shortest.Of)!;
        if (spec.Mode == GenerationMode.Outline && shortest.Of(hardest) > lowest)
        {
            throw new InputException(
                $"--max_turns {spec.MaxTurns.Min} {spec.MaxTurns.Max}: dialogues about {string.Join(", ", hardest.Services)} need up to {shortest.Of(hardest)} exchanges; raise the first number, or narrow --services");
        }
    }
}
